package io.onebalance.simulate.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.simulate.Setting;
import io.onebalance.simulate.Simulation;
import io.onebalance.simulate.policy.Policies;
import io.onebalance.simulate.scenario.ScenarioFile;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChartTest {
  private Chart chart = new Chart("", List.of());

  @BeforeEach
  void plays() throws Exception {
    var scenario =
        ScenarioFile.read(
            """
            title: <one> & "two"
            duration: 10m
            quotas: {free: {requests-per-minute: 10}}
            keys: {count: 5, quota: free}
            load: {rate: 150% of minute}
            """);
    var simulation = new Simulation(Setting.of(scenario), () -> 0);
    chart =
        new Chart(
            scenario.title(),
            List.of(simulation.play(Policies.OURS), simulation.play(Policies.ROUND_ROBIN)));
  }

  @Test
  void an_svg_is_well_formed_and_shows_each_policy() throws Exception {
    var bytes = chart.svg().getBytes(StandardCharsets.UTF_8);
    var svg =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(bytes))
            .getDocumentElement();
    assertThat(svg.getElementsByTagName("title").item(0).getTextContent())
        .isEqualTo("<one> & \"two\"");
    assertThat(svg.getElementsByTagName("path").getLength()).isEqualTo(2 * 6);
    assertThat(svg.getTextContent()).contains("ours: ", "round-robin: ");
  }

  @Test
  void a_page_is_whole_in_itself() {
    assertThat(chart.html())
        .startsWith("<!doctype html>")
        .contains("<svg ", "&lt;one&gt; &amp; &quot;two&quot;", "<td>attempts per served</td>")
        .doesNotContain("<script", "src=", "@import");
  }
}
