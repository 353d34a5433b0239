package io.onebalance.console.pages.keys.view;

import io.onebalance.console.web.Params;
import io.onebalance.console.web.Percent;
import io.onebalance.store.keyring.Keyring.Filter;
import io.onebalance.store.keyring.Keyring.Sort;

/// Which keys of a provider somebody looks at. It is the page's address and nothing else, so it
/// survives forms, reloads and bookmarks.
public record KeysView(String provider, String status, String text, String sort, String cursor) {
  public static final Sort ANY_ORDER = Sort.NEWEST_FIRST;

  public static KeysView of(String provider, Params query) {
    return new KeysView(
        provider,
        query.first("status").orElse("active"),
        query.text("q"),
        query.text("sort"),
        query.text("cursor"));
  }

  public static String path(String provider) {
    return "/keys/" + Percent.encode(provider);
  }

  public String path() {
    return path(provider);
  }

  /// The address of exactly this view.
  public String href() {
    var href = new StringBuilder(path()).append("?status=").append(Percent.encode(status));
    add(href, "q", text);
    add(href, "sort", sort);
    add(href, "cursor", cursor);
    return href.toString();
  }

  /// The keys that this view shows on all its pages.
  public Filter filter() {
    return new Filter(provider, status, text);
  }

  public KeysView of(String slug) {
    return new KeysView(slug, status, text, sort, cursor);
  }

  /// Of whatever is searched for.
  public KeysView all() {
    return new KeysView(provider, status, "", sort, "");
  }

  public KeysView at(String place) {
    return new KeysView(provider, status, text, sort, place);
  }

  public KeysView in(String otherStatus) {
    return new KeysView(provider, otherStatus, text, sort, "");
  }

  private static void add(StringBuilder href, String name, String value) {
    if (!value.isEmpty()) {
      href.append('&').append(name).append('=').append(Percent.encode(value));
    }
  }
}
