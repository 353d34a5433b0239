package io.onebalance.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Store.class)
class DurabilityTest {

  private final Store store;

  DurabilityTest(Store store) {
    this.store = store;
  }

  private static final int KILLS = 25;
  private static final int STEP = 100_000;

  @TempDir Path dir;

  /// Each that is started opens what the one before it left; what any of them lost is missing in
  /// the end.
  @Test
  @DisplayName("P16 killed 25 times, no acknowledged key is lost")
  void no_acknowledged_key_is_lost() {
    var chance = new Random(16);
    var acknowledged = new HashSet<String>();
    for (var kill = 0; kill < KILLS; kill++) {
      try (var child = Child.doing("add", store, dir, kill * STEP)) {
        acknowledged.addAll(child.read(1 + chance.nextInt(40)));
        child.kill();
        acknowledged.addAll(child.read(STEP));
      }
    }
    assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(KILLS);
    assertThat(stored()).containsAll(acknowledged);
  }

  private Set<String> stored() {
    try (var rig = Rig.in(store, dir)) {
      assertThat(rig.keyring.audit().firstFlaw()).isEmpty();
      return Set.copyOf(rig.secrets());
    }
  }

  @Test
  @DisplayName("F64 killed while 10,000 keys are imported: all or nothing")
  void an_import_is_all_or_nothing() {
    for (var attempt = 0; attempt < 3; attempt++) {
      var data = dir.resolve("attempt-" + attempt);
      try (var child = Child.doing("import", store, data, 10_000)) {
        assertThat(child.read(1)).containsExactly("ready");
        busy(attempt * 200_000_000L);
        child.kill();
        var done = child.read(1);
        try (var rig = Rig.in(store, data)) {
          var stored = rig.secrets().size();
          assertThat(stored).isIn(0, 10_000);
          assertThat(done.isEmpty() || stored == 10_000).isTrue();
        }
      }
    }
  }

  /// Lets some time pass by work, so that the kill falls into another part of the import.
  private static void busy(long turns) {
    var sum = 0L;
    for (var i = 0L; i < turns; i++) {
      sum += i ^ sum;
    }
    assertThat(sum).isNotEqualTo(1);
  }
}
