//! Zones: each place with its nearest neighbours.

/// A place on a plane (any unit of length).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// Easting.
    pub x: f64,
    /// Northing.
    pub y: f64,
    /// Population; NaN when unknown.
    pub population: f64,
}

/// For every place the sets of its 1, 2, …, k nearest places (itself first), each set once, in the order found; sets with more
/// than `share` of the population are left out (Kulldorff's limit is one half; 1 keeps all).
#[must_use]
pub fn nearest_neighbours(places: &[Place], k: usize, share: f64) -> Vec<Vec<usize>> {
    let total: f64 = places.iter().map(|place| place.population).sum();
    let mut seen = std::collections::HashSet::new();
    let mut zones = Vec::new();
    for centre in places {
        let distance = |place: &Place| (place.x - centre.x).hypot(place.y - centre.y);
        let mut order: Vec<(f64, usize)> = places.iter().map(distance).zip(0..).collect();
        order.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let mut zone: Vec<usize> = Vec::new();
        let mut people = 0.0;
        for (_, place) in order.iter().take(k) {
            people += places.get(*place).map_or(0.0, |place| place.population);
            if total > 0.0 && people > share * total && !zone.is_empty() {
                break;
            }
            zone.insert(zone.partition_point(|earlier| earlier < place), *place);
            if seen.insert(zone.clone()) {
                zones.push(zone.clone());
            }
        }
    }
    zones
}
