package io.onebalance.simulate.chart;

import io.onebalance.simulate.Report;
import io.onebalance.simulate.Report.Minute;
import io.onebalance.simulate.Words;
import java.util.List;

/// Reports as one picture: for each policy what was served of what was possible, the attempts that
/// were wasted, and how the keys stood, minute by minute.
public final class Chart {
  private static final int WIDTH = 960;
  private static final int LEFT = 56;
  private static final int TOP = 40;
  private static final int HIGH = 96;
  private static final int LOW = 44;
  private static final int GAP = 18;
  private static final int HEAD = 26;
  private static final int BLOCK = HEAD + HIGH + LOW + LOW + 3 * GAP + 14;

  private static final String STYLE =
      """
      text{font:12px system-ui,sans-serif;fill:#333}.t{font-size:16px;font-weight:600}.p{font-weight:600}
      .m{fill:#777;font-size:10px}.possible{fill:#d9e2ef}.served{fill:none;stroke:#1f6feb;stroke-width:1.4}
      .wasted{fill:#d1242f}.ready{fill:#b7dfc3}.cooling{fill:#f2c46d}.blocked{fill:#8c8c8c}.axis{stroke:#bbb}
      """;

  private final String title;
  private final List<Report> reports;

  public Chart(String title, List<Report> reports) {
    this.title = title;
    this.reports = List.copyOf(reports);
  }

  /// A page with the picture and the figures.
  public String html() {
    var table = new StringBuilder();
    for (var row : Words.table(reports, false)) {
      table.append("<tr>");
      row.forEach(cell -> table.append("<td>").append(Svg.escaped(cell)).append("</td>"));
      table.append("</tr>\n");
    }
    return """
    <!doctype html>
    <html lang="en"><head><meta charset="utf-8"><title>%s</title>
    <style>body{margin:2rem;font:14px system-ui,sans-serif;color:#333}td{padding:2px 14px 2px 0}
    td+td{text-align:right}svg{max-width:100%%;height:auto}</style></head>
    <body>
    %s
    <table>
    %s</table>
    </body></html>
    """
        .formatted(Svg.escaped(title), svg(), table);
  }

  public String svg() {
    var svg = new Svg(WIDTH, TOP + BLOCK * reports.size(), STYLE, title);
    svg.text("t", LEFT, 24, title);
    for (var i = 0; i < reports.size(); i++) {
      draw(svg, reports.get(i), TOP + BLOCK * i);
    }
    return svg.end();
  }

  private static void draw(Svg svg, Report report, int top) {
    var minutes = report.series().minutes();
    svg.text("p", LEFT, top + 14, report.policy() + ": " + figures(report));
    var served = new Panel(svg, LEFT, top + HEAD, WIDTH - LEFT - 16, HIGH);
    var most = Panel.most(minutes, Minute::possible, Minute::served);
    served.area("possible", minutes, _ -> 0, Minute::possible, most);
    served.line("served", minutes, Minute::served, most);
    served.axis("served of possible, a minute", most, minutes.size());
    var second = top + HEAD + HIGH + GAP;
    var wasted = new Panel(svg, LEFT, second, WIDTH - LEFT - 16, LOW);
    var worst = Panel.most(minutes, Minute::wasted, _ -> 1);
    wasted.area("wasted", minutes, _ -> 0, Minute::wasted, worst);
    wasted.axis("attempts wasted, a minute", worst, minutes.size());
    keys(new Panel(svg, LEFT, second + LOW + GAP, WIDTH - LEFT - 16, LOW), minutes);
  }

  private static void keys(Panel panel, List<Minute> minutes) {
    var all = Panel.most(minutes, minute -> minute.keys().total(), _ -> 1);
    panel.area("ready", minutes, _ -> 0, minute -> minute.keys().ready(), all);
    panel.area("cooling", minutes, minute -> minute.keys().ready(), Chart::unblocked, all);
    panel.area("blocked", minutes, Chart::unblocked, minute -> minute.keys().total(), all);
    panel.axis("keys ready (green), cooling (yellow), blocked (grey)", all, minutes.size());
  }

  private static long unblocked(Minute minute) {
    return (long) minute.keys().ready() + minute.keys().cooling();
  }

  private static String figures(Report report) {
    var sums = report.sums();
    return Words.percent(sums.servedOfPossible())
        + " of what was possible, "
        + Words.number(3, sums.attemptsPerServed())
        + " attempts per served request, p99 of added latency "
        + report.delay().p99()
        + " ms";
  }
}
