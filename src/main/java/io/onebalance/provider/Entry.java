package io.onebalance.provider;

import io.onebalance.provider.Address.Always;
import io.onebalance.provider.Address.AtGateway;
import io.onebalance.provider.Address.OpenAiSurface;
import io.onebalance.provider.answer.Dialect;
import io.onebalance.provider.auth.Auth;
import io.onebalance.provider.errors.ErrorFamily;
import io.onebalance.provider.limit.Limits;
import io.onebalance.provider.limit.Windows;
import io.onebalance.provider.site.OneBase;
import io.onebalance.provider.site.Site;
import io.onebalance.provider.url.IllegalPath;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Reads one entry of the catalogue or of the settings; both have the same fields, which
/// `providers.yaml` explains.
final class Entry {
  private static final Pattern SLUG = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

  private static final Set<String> FIELDS =
      Set.of(
          "base-url",
          "local",
          "dialect",
          "auth",
          "models",
          "openai-path",
          "openai-auth",
          "responses",
          "responses-only",
          "headers",
          "default-headers",
          "via",
          "version",
          "unversioned",
          "gateway",
          "errors",
          "limits",
          "windows",
          "aliases",
          "probe",
          "docs",
          "key-pattern",
          "site",
          "hosts",
          "region",
          "account",
          "token-url");

  /// What stands before the names of an account's own providers at Cloudflare's gateway.
  private static final String CUSTOM = "custom-";

  private Entry() {}

  static Provider read(String slug, Map<String, Object> raw) {
    var fields = new EntryFields("providers." + slug, raw);
    if (!isSlug(slug)) {
      throw new IllegalArgumentException(
          "providers." + slug + " is not a name; allowed: a-z, 0-9, '.', '_', '-', at most 64");
    }
    fields.allowOnly(FIELDS);
    var dialect = fields.read("dialect", Entry::dialect).orElse(Dialect.OPENAI);
    return new Provider(
        slug, dialect, address(slug, fields, dialect), words(fields, dialect), about(fields));
  }

  static boolean isSlug(String text) {
    return SLUG.matcher(text).matches();
  }

  /// A YAML group with its names as text.
  static Map<String, Object> named(Map<?, ?> group) {
    var named = new LinkedHashMap<String, Object>();
    group.forEach((name, value) -> {
      if (value != null) {
        named.put(String.valueOf(name), value);
      }
    });
    return named;
  }

  private static Address address(String slug, EntryFields fields, Dialect dialect) {
    var auth = fields.read("auth", Entry::auth).orElse(new Auth.Bearer());
    var via = via(slug, fields);
    var site = EntrySite.read(slug, fields, auth, via);
    return new Address(
        site,
        openai(fields, dialect, site, auth),
        gateway(fields, slug, site, via),
        via,
        new Always(fields.headers("headers"), fields.headers("default-headers")));
  }

  /// A custom provider of the gateway that has no base URL of its own can only be asked there.
  private static Via via(String slug, EntryFields fields) {
    var usual = isCustom(slug) && fields.text("base-url").isEmpty() ? Via.GATEWAY : Via.EITHER;
    return fields.read("via", Entry::via).orElse(usual);
  }

  static boolean isCustom(String slug) {
    return slug.startsWith(CUSTOM) && slug.length() > CUSTOM.length();
  }

  private static Optional<OpenAiSurface> openai(
      EntryFields fields, Dialect dialect, Site site, Auth auth) {
    var path = fields.read("openai-path", Entry::prefix);
    if (path.isEmpty() && dialect != Dialect.OPENAI) {
      return Optional.empty();
    }
    var prefix = path.orElse("");
    var there = fields.read("openai-auth", Entry::auth).orElse(auth);
    var joined =
        site instanceof OneBase one && !prefix.isEmpty() ? one.joining().path(prefix) : prefix;
    return Optional.of(
        new OpenAiSurface(
            prefix,
            joined,
            there,
            ModelPatterns.of(fields.texts("responses")),
            ModelPatterns.of(fields.texts("responses-only"))));
  }

  /// A provider that the catalogue does not know at the gateway can still be a custom one there,
  /// whose base URL, with its path, is configured at Cloudflare.
  private static Optional<AtGateway> gateway(EntryFields fields, String slug, Site site, Via via) {
    var known =
        fields
            .inner("gateway")
            .map(at -> {
              at.allowOnly(Set.of("slug", "strip", "compat"));
              return new AtGateway(
                  at.text("slug").orElse(slug),
                  at.read("strip", Entry::prefix).orElse(""),
                  at.text("compat"));
            });
    if (known.isPresent() || via != Via.GATEWAY) {
      return known;
    }
    var there = isCustom(slug) ? slug : CUSTOM + slug;
    var strip = site instanceof OneBase one ? one.base().path() : "";
    return Optional.of(new AtGateway(there, strip, Optional.of(there)));
  }

  private static Provider.Words words(EntryFields fields, Dialect dialect) {
    var limits =
        fields
            .inner("limits")
            .map(Entry::limits)
            .map(declared -> dialect == Dialect.ANTHROPIC ? declared.withoutCached() : declared)
            .orElse(
                switch (dialect) {
                  case OPENAI -> Limits.OPENAI;
                  case ANTHROPIC -> Limits.ANTHROPIC;
                  case GEMINI, NONE -> Limits.NONE;
                });
    var windows = fields.inner("windows").map(Entry::windows).orElse(Windows.UNTOLD);
    return new Provider.Words(errors(fields, dialect), limits, windows);
  }

  private static Windows windows(EntryFields declared) {
    declared.allowOnly(Set.of("minute", "day"));
    var minute = declared.read("minute", Windows.UNTOLD::withMinute).orElse(Windows.UNTOLD);
    return declared.read("day", minute::withDay).orElse(minute);
  }

  private static Limits limits(EntryFields declared) {
    var rows = new LinkedHashMap<String, String>();
    for (var name : declared.fields().keySet()) {
      declared.read(name, fields -> Limits.of(Map.of(name, fields)));
      declared.text(name).ifPresent(fields -> rows.put(name, fields));
    }
    return Limits.of(rows);
  }

  private static ErrorFamily errors(EntryFields fields, Dialect dialect) {
    return fields
        .read("errors", text -> oneOf(ErrorFamily.class, text))
        .orElse(
            switch (dialect) {
              case OPENAI -> ErrorFamily.OPENAI;
              case ANTHROPIC -> ErrorFamily.ANTHROPIC;
              case GEMINI -> ErrorFamily.GOOGLE;
              case NONE -> ErrorFamily.MEDIA;
            });
  }

  private static Provider.About about(EntryFields fields) {
    return new Provider.About(
        aliases(fields),
        fields.texts("models"),
        fields.read("probe", Probe::parse),
        fields.text("docs").orElse(""),
        fields.text("key-pattern").orElse(""));
  }

  private static List<String> aliases(EntryFields fields) {
    var aliases = fields.texts("aliases");
    for (var alias : aliases) {
      if (!isSlug(alias)) {
        throw fields.problem("aliases", "has '" + alias + "'; allowed: a-z, 0-9, '.', '_', '-'");
      }
    }
    return aliases;
  }

  private static Dialect dialect(String text) {
    return oneOf(Dialect.class, text);
  }

  private static Via via(String text) {
    return oneOf(Via.class, text);
  }

  private static Auth auth(String text) {
    var colon = text.indexOf(':');
    var kind = colon < 0 ? text : text.substring(0, colon);
    var name = colon < 0 ? "" : text.substring(colon + 1);
    var allowed = "; allowed: bearer, header:NAME, query:NAME, prefix:WORD";
    if (colon >= 0 && (!HeaderNames.isToken(name) || HeaderNames.isOurs(name))) {
      throw new IllegalArgumentException("has no usable name in '" + text + "'" + allowed);
    }
    return switch (colon < 0 ? kind : kind + ":") {
      case "bearer" -> new Auth.Bearer();
      case "header:" -> new Auth.InHeader(name);
      case "query:" -> new Auth.InQuery(name);
      case "prefix:" -> new Auth.Prefix(name);
      // A setting is an open string.
      default -> throw new IllegalArgumentException("is '" + text + "'" + allowed);
    };
  }

  private static String prefix(String text) {
    var path = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    if (!path.isEmpty()) {
      IllegalPath.check(path, "");
    }
    return path;
  }

  private static <E extends Enum<E>> E oneOf(Class<E> type, String text) {
    return Arrays.stream(type.getEnumConstants())
        .filter(value -> lower(value).equals(text))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "is '" + text + "'; allowed: " + String.join(", ", names(type))));
  }

  private static List<String> names(Class<? extends Enum<?>> type) {
    return Arrays.stream(type.getEnumConstants()).map(Entry::lower).collect(Collectors.toList());
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
