//! Just enough of the compound file format (MS-CFB) to name what lies inside and to fetch one stream.

/// The first eight bytes of every compound file.
pub(super) const SIGNATURE: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
const END: u32 = 0xFFFF_FFFA;

/// A compound file's directory and allocation table.
pub(super) struct Compound<'a> {
    bytes: &'a [u8],
    sector: usize,
    table: Vec<u32>,
    entries: Vec<Entry>,
}

struct Entry {
    name: String,
    start: u32,
    size: usize,
}

impl<'a> Compound<'a> {
    /// Reads header, allocation table and directory; nothing when they do not hold together.
    pub fn open(bytes: &'a [u8]) -> Option<Self> {
        let sector = 1_usize.checked_shl(u32::from(u16_at(bytes, 30)?)).filter(|size| (512..=4096).contains(size))?;
        let mut file = Self { bytes, sector, table: Vec::new(), entries: Vec::new() };
        let mut tables: Vec<u32> = (0..109).filter_map(|at| u32_at(bytes, 76 + 4 * at)).collect();
        let mut next = u32_at(bytes, 68)?;
        let longest = bytes.len() / sector + 1;
        for _ in 0..longest {
            let Some(block) = file.block(next) else { break };
            let mut numbers: Vec<u32> = words(block).collect();
            next = numbers.pop()?;
            tables.extend(numbers);
        }
        for number in tables {
            let Some(block) = file.block(number) else { continue };
            file.table.extend(words(block));
            if file.table.len() > bytes.len() {
                return None;
            }
        }
        let directory = file.chain(u32_at(bytes, 48)?, usize::MAX);
        file.entries = directory.chunks_exact(128).filter_map(entry).collect();
        Some(file)
    }

    fn block(&self, number: u32) -> Option<&'a [u8]> {
        if number >= END {
            return None;
        }
        let start = usize::try_from(number).ok()?.checked_add(1)?.checked_mul(self.sector)?;
        self.bytes.get(start..start.checked_add(self.sector)?.min(self.bytes.len()))
    }

    /// The blocks from `start` along the allocation table, `size` bytes at most.
    fn chain(&self, start: u32, size: usize) -> Vec<u8> {
        let (mut out, mut number) = (Vec::new(), start);
        while let Some(block) = self.block(number) {
            out.extend_from_slice(block);
            if out.len() >= size || out.len() > self.bytes.len() {
                break;
            }
            let Some(next) = usize::try_from(number).ok().and_then(|at| self.table.get(at)) else { break };
            number = *next;
        }
        out.truncate(size);
        out
    }

    /// Whether a stream or storage of this name exists.
    pub fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|entry| entry.name.eq_ignore_ascii_case(name))
    }

    /// The bytes of a stream of at least 4,096 bytes, or of the mini stream's for smaller ones.
    pub fn stream(&self, name: &str) -> Option<Vec<u8>> {
        let entry = self.entries.iter().find(|entry| entry.name.eq_ignore_ascii_case(name))?;
        if entry.size >= 4096 {
            return Some(self.chain(entry.start, entry.size));
        }
        let root = self.entries.first()?;
        let mini = self.chain(root.start, root.size);
        let table: Vec<u32> = words(&self.chain(u32_at(self.bytes, 60)?, usize::MAX)).collect();
        let (mut out, mut number) = (Vec::new(), usize::try_from(entry.start).ok()?);
        while out.len() < entry.size {
            out.extend_from_slice(mini.get(number.checked_mul(64)?..)?.get(..64)?);
            number = usize::try_from(*table.get(number)?).ok()?;
        }
        out.truncate(entry.size);
        Some(out)
    }
}

fn entry(record: &[u8]) -> Option<Entry> {
    let length = usize::from(u16_at(record, 64)?).min(64);
    let units: Vec<u16> = record.get(..length)?.chunks_exact(2).filter_map(|pair| u16_at(pair, 0)).collect();
    let name = String::from_utf16_lossy(&units).trim_end_matches('\0').to_owned();
    let size = usize::try_from(u32_at(record, 120)?).ok()?;
    (!name.is_empty()).then_some(Entry { name, start: u32_at(record, 116)?, size })
}

fn words(block: &[u8]) -> impl Iterator<Item = u32> + '_ {
    block.chunks_exact(4).filter_map(|word| u32_at(word, 0))
}

/// Little-endian 16 bits at an offset.
pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at.checked_add(2)?)?.try_into().ok().map(u16::from_le_bytes)
}

/// Little-endian 32 bits at an offset.
pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at.checked_add(4)?)?.try_into().ok().map(u32::from_le_bytes)
}
