//! Alarms of the same syndrome, near in place and time, are one episode.

/// An alarm: day number, place and syndrome as the caller numbers them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Alarm {
    /// Syndrome.
    pub syndrome: u32,
    /// Day.
    pub day: i32,
    /// Place.
    pub place: u32,
}

/// Most days between two alarms of one episode, for example the longest incubation time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap(pub i32);

/// One episode with its alarms by day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Episode {
    /// Syndrome.
    pub syndrome: u32,
    /// First and last day.
    pub days: (i32, i32),
    /// Alarms, by day, then place.
    pub alarms: Vec<Alarm>,
}

/// Merges alarms into episodes: same syndrome, `near` places (a place is near itself), at most `gap` days apart
/// (single linkage). The order of the input does not matter.
#[must_use]
pub fn merge(alarms: &[Alarm], gap: Gap, near: impl Fn(u32, u32) -> bool) -> Vec<Episode> {
    let mut sorted = alarms.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    let mut open: Vec<Episode> = Vec::new();
    for alarm in sorted {
        let touches = |episode: &Episode| {
            episode.syndrome == alarm.syndrome
                && episode
                    .alarms
                    .iter()
                    .rev()
                    .take_while(|a| alarm.day - a.day <= gap.0)
                    .any(|a| a.place == alarm.place || near(a.place, alarm.place) || near(alarm.place, a.place))
        };
        let (joined, mut rest): (Vec<Episode>, Vec<Episode>) = open.into_iter().partition(touches);
        let mut members: Vec<Alarm> = joined.into_iter().flat_map(|episode| episode.alarms).chain([alarm]).collect();
        members.sort_unstable();
        let first = members.first().map_or(alarm.day, |a| a.day);
        rest.push(Episode { syndrome: alarm.syndrome, days: (first, alarm.day), alarms: members });
        open = rest;
    }
    open.sort_by_key(|episode| (episode.syndrome, episode.days, episode.alarms.first().map(|a| a.place)));
    open
}
