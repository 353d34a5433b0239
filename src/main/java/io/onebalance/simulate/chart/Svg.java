package io.onebalance.simulate.chart;

import java.util.Locale;

/// An SVG that is being written. Coordinates are pixels.
final class Svg {
  private final StringBuilder text = new StringBuilder();

  Svg(int width, int height, String style, String title) {
    text.append(
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img">
        <title>%s</title>
        <style>%s</style>
        <rect width="%d" height="%d" fill="#fff"/>
        """
            .formatted(width, height, width, height, escaped(title), style, width, height));
  }

  void text(String kind, int x, int y, String words) {
    text.append(
        "<text class=\"%s\" x=\"%d\" y=\"%d\">%s</text>\n".formatted(kind, x, y, escaped(words)));
  }

  void path(String kind, String path) {
    text.append("<path class=\"%s\" d=\"%s\"/>\n".formatted(kind, path));
  }

  void line(String kind, int x1, int y1, int x2, int y2) {
    text.append(
        "<line class=\"%s\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>\n"
            .formatted(kind, x1, y1, x2, y2));
  }

  String end() {
    return text.append("</svg>\n").toString();
  }

  static String rounded(double coordinate) {
    return String.format(Locale.ROOT, "%.1f", coordinate);
  }

  static String escaped(String words) {
    return words
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
