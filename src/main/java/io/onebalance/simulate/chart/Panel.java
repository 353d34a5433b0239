package io.onebalance.simulate.chart;

import io.onebalance.simulate.Report.Minute;
import java.util.List;
import java.util.function.ToLongFunction;

/// A part of the picture: time goes from left to right, amounts from the bottom up. Where there are
/// more minutes than places, each place shows their average.
record Panel(Svg svg, int left, int top, int width, int height) {
  private static final int MOST_PLACES = 480;
  private static final int HOUR = 60;

  static long most(List<Minute> minutes, ToLongFunction<Minute> one, ToLongFunction<Minute> other) {
    return minutes.stream()
        .mapToLong(minute -> Math.max(one.applyAsLong(minute), other.applyAsLong(minute)))
        .max()
        .orElse(1);
  }

  void area(
      String kind,
      List<Minute> minutes,
      ToLongFunction<Minute> from,
      ToLongFunction<Minute> to,
      long most) {
    var path = new StringBuilder("M");
    var places = places(minutes);
    for (var i = 0; i < places; i++) {
      point(path, i, places, average(minutes, i, places, to), most);
    }
    for (var i = places - 1; i >= 0; i--) {
      point(path, i, places, average(minutes, i, places, from), most);
    }
    svg.path(kind, path.append('Z').toString());
  }

  void line(String kind, List<Minute> minutes, ToLongFunction<Minute> amount, long most) {
    var path = new StringBuilder("M");
    var places = places(minutes);
    for (var i = 0; i < places; i++) {
      point(path, i, places, average(minutes, i, places, amount), most);
    }
    svg.path(kind, path.toString());
  }

  void axis(String what, long most, int minutes) {
    svg.line("axis", left, top + height, left + width, top + height);
    svg.text("m", 4, top + 9, Long.toString(most));
    svg.text("m", left + 2, top + height + 11, what);
    var length = minutes < 3 * HOUR ? minutes + " min" : minutes / HOUR + " h";
    svg.text("m", left + width - 28, top + height + 11, length);
  }

  private static int places(List<Minute> minutes) {
    return Math.min(MOST_PLACES, minutes.size());
  }

  private static double average(
      List<Minute> minutes, int place, int places, ToLongFunction<Minute> amount) {
    var from = (int) ((long) minutes.size() * place / places);
    var to = (int) ((long) minutes.size() * (place + 1) / places);
    return minutes.subList(from, to).stream().mapToLong(amount).average().orElse(0);
  }

  private void point(StringBuilder path, int place, int places, double amount, long most) {
    var x = left + (places == 1 ? 0 : (double) width * place / (places - 1));
    var y = top + height - height * amount / Math.max(1, most);
    path.append(path.length() > 1 ? "L" : "").append(Svg.rounded(x)).append(' ');
    path.append(Svg.rounded(y));
  }
}
