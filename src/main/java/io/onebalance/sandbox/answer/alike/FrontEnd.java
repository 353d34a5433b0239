package io.onebalance.sandbox.answer.alike;

import io.onebalance.sandbox.answer.Reply;
import java.nio.charset.StandardCharsets;

/// What stands before a provider and sometimes answers in its place, in HTML.
public final class FrontEnd {
  private FrontEnd() {}

  public static Reply badGateway() {
    var page =
        """
        <html>
        <head><title>502 Bad Gateway</title></head>
        <body><center><h1>502 Bad Gateway</h1></center><hr><center>sandbox</center></body>
        </html>
        """;
    return Reply.whole(502, "text/html", page.getBytes(StandardCharsets.UTF_8));
  }

  /// Google's page for a path that it does not know.
  public static Reply googleNotFound(String path) {
    var page =
        """
        <!DOCTYPE html>
        <html lang=en>
          <title>Error 404 (Not Found)!!1</title>
          <p><b>404.</b> <ins>That’s an error.</ins>
          <p>The requested URL <code>%s</code> was not found on this server.
        """
            .formatted(path.replace("&", "&amp;").replace("<", "&lt;"));
    return Reply.whole(404, "text/html; charset=UTF-8", page.getBytes(StandardCharsets.UTF_8));
  }
}
