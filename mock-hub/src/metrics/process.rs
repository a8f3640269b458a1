//! What the operating system knows of this process, under the names that Prometheus' own clients give it.
//!
//! Read from `/proc`; where there is none, nothing is shown but zeros.

use std::fs;
use std::sync::atomic::{AtomicU64, Ordering};

use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::Registry;

/// What `/proc` counts processor time in, whatever the kernel itself does.
const TICKS_PER_SECOND: f64 = 100.0;

#[derive(Debug, Default)]
pub(super) struct ProcessMetrics {
    memory: Gauge,
    open_files: Gauge,
    most_files: Gauge,
    processor_time: Counter<f64, AtomicU64>,
}

impl ProcessMetrics {
    pub(super) fn registered(registry: &mut Registry) -> Self {
        let metrics = ProcessMetrics::default();
        let ProcessMetrics { memory, open_files, most_files, processor_time } = &metrics;
        registry.register("process_resident_memory_bytes", "Memory of this process", memory.clone());
        registry.register("process_open_fds", "Open files and connections", open_files.clone());
        registry.register("process_max_fds", "How many it may have open", most_files.clone());
        registry.register("process_cpu_seconds", "Processor time so far", processor_time.clone());
        metrics
    }

    pub(super) fn look(&self) {
        let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
        self.memory.set(number_behind(&status, "VmRSS:") * 1024);
        let limits = fs::read_to_string("/proc/self/limits").unwrap_or_default();
        self.most_files.set(number_behind(&limits, "Max open files"));
        let open = fs::read_dir("/proc/self/fd").map_or(0, Iterator::count);
        self.open_files.set(i64::try_from(open).unwrap_or(i64::MAX));
        let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
        self.processor_time.inner().store(seconds_of_processor(&stat).to_bits(), Ordering::Relaxed);
    }
}

/// The number that follows a name.
fn number_behind(text: &str, name: &str) -> i64 {
    let behind = text.split_once(name).map_or("", |(_, behind)| behind);
    behind.split_whitespace().next().and_then(|number| number.parse().ok()).unwrap_or(0)
}

/// The time in the process and in the kernel, the 14th and 15th field; the second is a name and may have blanks.
fn seconds_of_processor(stat: &str) -> f64 {
    let behind_name = stat.rsplit_once(')').map_or("", |(_, behind)| behind);
    let ticks = behind_name.split_whitespace().skip(11).take(2).filter_map(|field| field.parse::<f64>().ok());
    ticks.sum::<f64>() / TICKS_PER_SECOND
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[expect(clippy::float_cmp, reason = "the same division")]
    fn fields_are_found_in_what_the_kernel_writes() {
        assert_eq!(number_behind("Name:\thub\nVmRSS:\t   11264 kB\n", "VmRSS:"), 11264);
        assert_eq!(
            number_behind("Max open files            1024                 524288", "Max open files"),
            1024
        );
        let stat = "71 (a (b) c) S 1 71 71 0 -1 4194560 900 0 3 0 150 50 0 0 20 0 4 0 100 0 0";
        assert_eq!(seconds_of_processor(stat), 2.0);
        assert_eq!((number_behind("", "VmRSS:"), seconds_of_processor("")), (0, 0.0));
    }
}
