package io.onebalance.metrics;

import static io.onebalance.metrics.Gauges.gauge;
import static io.onebalance.metrics.Gauges.one;
import static io.onebalance.metrics.Gauges.point;

import com.sun.management.UnixOperatingSystemMXBean;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/// The virtual machine and the process, under the names that dashboards of Java programs know. What
/// the system does not tell is left out.
public final class Machine {
  private static final double MILLIS = 1e3;
  private static final double NANOS = 1e9;

  private Machine() {}

  public static List<MetricSnapshot> snapshots() {
    var all = new ArrayList<MetricSnapshot>();
    all.add(memory("jvm_memory_used_bytes", "Memory in use", MemoryUsage::getUsed));
    all.add(memory("jvm_memory_committed_bytes", "Memory set aside", MemoryUsage::getCommitted));
    all.add(memory("jvm_memory_max_bytes", "Memory there may be", MemoryUsage::getMax));
    all.add(buffers());
    all.add(collections());
    all.addAll(threads());
    all.add(runtime());
    all.addAll(process());
    return all;
  }

  private static MetricSnapshot memory(String name, String help, ToLongFunction<MemoryUsage> read) {
    var memory = ManagementFactory.getMemoryMXBean();
    var gauge = gauge(name, help);
    area(gauge, "heap", read.applyAsLong(memory.getHeapMemoryUsage()));
    area(gauge, "nonheap", read.applyAsLong(memory.getNonHeapMemoryUsage()));
    return gauge.build();
  }

  /// A negative number says that there is no bound.
  private static void area(GaugeSnapshot.Builder gauge, String area, long bytes) {
    if (bytes >= 0) {
      gauge.dataPoint(point(Labels.of("area", area), bytes));
    }
  }

  private static MetricSnapshot buffers() {
    var gauge = gauge("jvm_buffer_pool_used_bytes", "Memory of buffers outside of the heap");
    for (var pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
      gauge.dataPoint(point(Labels.of("pool", pool.getName()), pool.getMemoryUsed()));
    }
    return gauge.build();
  }

  private static MetricSnapshot collections() {
    var told =
        SummarySnapshot.builder()
            .name("jvm_gc_collection_seconds")
            .help("Garbage collections, and the time they took");
    for (var gc : ManagementFactory.getGarbageCollectorMXBeans()) {
      told.dataPoint(
          SummaryDataPointSnapshot.builder()
              .labels(Labels.of("gc", gc.getName()))
              .count(gc.getCollectionCount())
              .sum(gc.getCollectionTime() / MILLIS)
              .build());
    }
    return told.build();
  }

  private static List<MetricSnapshot> threads() {
    var threads = ManagementFactory.getThreadMXBean();
    return List.of(
        one("jvm_threads_current", "Platform threads", threads.getThreadCount()),
        one("jvm_threads_peak", "The most platform threads so far", threads.getPeakThreadCount()));
  }

  private static MetricSnapshot runtime() {
    var bean = ManagementFactory.getRuntimeMXBean();
    var labels =
        Labels.of(
            "runtime",
            bean.getVmName(),
            "vendor",
            bean.getVmVendor(),
            "version",
            bean.getVmVersion());
    return InfoSnapshot.builder()
        .name("jvm_runtime")
        .help("The virtual machine")
        .dataPoint(InfoDataPointSnapshot.builder().labels(labels).build())
        .build();
  }

  private static List<MetricSnapshot> process() {
    var all = new ArrayList<MetricSnapshot>();
    var started = ManagementFactory.getRuntimeMXBean().getStartTime() / MILLIS;
    all.add(one("process_start_time_seconds", "When the process began, Unix time", started));
    if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
      all.add(cpu(system.getProcessCpuTime()));
      var open = system.getOpenFileDescriptorCount();
      all.add(one("process_open_fds", "File descriptors in use", open));
      var most = system.getMaxFileDescriptorCount();
      all.add(one("process_max_fds", "File descriptors there may be", most));
    }
    return all;
  }

  private static MetricSnapshot cpu(long nanos) {
    return CounterSnapshot.builder()
        .name("process_cpu_seconds")
        .help("Time that the process had on processors")
        .dataPoint(CounterDataPointSnapshot.builder().value(nanos / NANOS).build())
        .build();
  }
}
