package io.onebalance.settings.read;

import io.onebalance.access.limit.rules.LimitTable;
import io.onebalance.secret.Secret;
import io.onebalance.settings.Settings;
import io.onebalance.settings.Settings.Address;
import io.onebalance.settings.Settings.Gateway;
import io.onebalance.settings.Settings.Legs;
import io.onebalance.settings.Settings.Tls;
import io.onebalance.settings.Whereabouts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// Puts single values together to [Settings], and checks those that must fit each other. Takes the
/// values in the table's order.
final class Assembly {
  private static final Duration STREAMED = Duration.ofMinutes(2);
  private static final Duration UNARY = Duration.ofMinutes(10);
  private static final String CLOUDFLARE = "https://gateway.ai.cloudflare.com/v1/";

  private final Values values;
  private final Whereabouts place;

  Assembly(Values values, Whereabouts place) {
    this.values = values;
    this.place = place;
  }

  /// The values that are read by others: the gateway key and the trees of the YAML.
  record Others(
      Optional<Secret> authKey,
      LimitTable limits,
      Map<String, Object> providers,
      Map<String, Object> prices,
      Map<String, Legs> models) {}

  Settings assemble(Others others) {
    var address = new Address(values.take(Table.HOST), values.take(Table.PORT));
    var storage = storage();
    var name = values.take(Table.GATEWAY_NAME);
    var account = values.take(Table.GATEWAY_ACCOUNT);
    var gateway = gateway(name, account);
    var cooldown = new Settings.Cooldown(values.take(Table.CONSECUTIVE_429));
    var health = new Settings.Health(values.take(Table.RECOVERY));
    return new Settings(
        others.authKey(),
        listener(address),
        storage,
        gateway,
        account,
        cooldown,
        health,
        timeout(),
        clients(),
        attempts(),
        body(),
        values.take(Table.MEDIA_FETCH),
        new Settings.WebSocket(values.take(Table.SOCKET_IDLE), values.take(Table.SOCKET_MESSAGE)),
        console(),
        new Settings.Cleanup(
            values.take(Table.CLEANUP_SCHEDULE), values.take(Table.CLEANUP_ACTION)),
        values.take(Table.SANDBOX),
        new Settings.Log(
            values.take(Table.LOG_FORMAT),
            values.take(Table.LOG_LEVEL),
            values.take(Table.LOG_BODIES)),
        tracing(),
        values.take(Table.RECORDS),
        new Settings.Retention(values.take(Table.KEEP_REQUESTS), values.take(Table.KEEP_BYTES)),
        others.limits(),
        alerts(),
        cache(),
        new Settings.Hedge(
            values.take(Table.HEDGE_MODELS),
            values.take(Table.HEDGE_PERCENT),
            values.take(Table.HEDGE_AFTER)),
        others.providers(),
        others.prices(),
        others.models());
  }

  private Optional<Settings.Tracing> tracing() {
    var headers = values.take(Table.TRACE_HEADERS);
    var share = values.take(Table.TRACE_SAMPLE);
    return values
        .take(Table.TRACE_ENDPOINT)
        .map(endpoint -> new Settings.Tracing(endpoint, headers, share));
  }

  private Settings.Alerts alerts() {
    return new Settings.Alerts(
        values.take(Table.ALERT_WEBHOOK),
        values.take(Table.ALERT_SIGNING),
        Set.copyOf(values.take(Table.ALERT_TELL)),
        values.take(Table.ALERT_READY),
        values.take(Table.ALERT_BUDGET));
  }

  private Settings.Cache cache() {
    return new Settings.Cache(
        values.take(Table.CACHE_BYTES),
        values.take(Table.CACHE_TTL),
        values.take(Table.CACHE_MODELS),
        values.take(Table.CACHE_SHARED));
  }

  private Settings.Clients clients() {
    return new Settings.Clients(
        values.take(Table.CLIENT_HEAD),
        values.take(Table.CLIENT_IDLE),
        values.take(Table.CLIENT_BODY),
        values.take(Table.CLIENT_TAKING),
        values.take(Table.CLIENT_CONCURRENT));
  }

  private Settings.Listener listener(Address address) {
    return new Settings.Listener(
        address,
        tls(),
        values.take(Table.CLEARTEXT),
        values.take(Table.CORS_ORIGINS),
        values.take(Table.TRUSTED_PROXIES),
        values.take(Table.METRICS_OPEN),
        values.take(Table.DRAIN_PAUSE),
        values.take(Table.DRAIN));
  }

  private Settings.Storage storage() {
    var data = place.path(values.take(Table.DATA_DIR));
    return new Settings.Storage(
        data,
        inData(values.take(Table.DATABASE), data),
        values.take(Table.MASTER_KEY),
        place.path(inData(values.take(Table.MASTER_KEY_FILE), data)));
  }

  private static String inData(String text, Path data) {
    return text.replace("{data}", data.toString());
  }

  private Optional<Gateway> gateway(Optional<String> name, Optional<String> account) {
    var token = values.take(Table.GATEWAY_TOKEN);
    var url = values.take(Table.GATEWAY_URL);
    var translate = values.take(Table.GATEWAY_TRANSLATE);
    if (url.isEmpty() && name.isPresent() && account.isEmpty()) {
      values.complain(
          Table.GATEWAY_NAME,
          "needs gateway.account (CLOUDFLARE_ACCOUNT_ID) or gateway.url (AI_GATEWAY_URL) too");
    }
    var named = account.flatMap(id -> name.map(gateway -> CLOUDFLARE + id + "/" + gateway));
    if (token.isPresent() && url.isEmpty() && name.isEmpty()) {
      values.complain(Table.GATEWAY_TOKEN, "is set, but no gateway is: AI_GATEWAY, AI_GATEWAY_URL");
    }
    return url.or(() -> named).map(address -> new Gateway(address, token, translate));
  }

  private Optional<Tls> tls() {
    var certificate = values.take(Table.TLS_CERT);
    var key = values.take(Table.TLS_KEY);
    if (certificate.isPresent() != key.isPresent()) {
      values.complain(
          certificate.isPresent() ? Table.TLS_CERT : Table.TLS_KEY,
          "is set alone; a certificate and its key are needed: tls.cert and tls.key");
    }
    return certificate
        .map(place::path)
        .flatMap(chain -> key.map(place::path).map(file -> new Tls(chain, file)));
  }

  private Settings.Timeout timeout() {
    var attempt = values.take(Table.ATTEMPT);
    return new Settings.Timeout(
        values.take(Table.OVERALL),
        attempt.orElse(STREAMED),
        attempt.orElse(UNARY),
        values.take(Table.STREAM_IDLE),
        values.take(Table.CONNECT),
        values.take(Table.WAIT));
  }

  private Settings.Attempts attempts() {
    var max = values.take(Table.MAX_ATTEMPTS);
    return new Settings.Attempts(
        max.map(OptionalInt::of).orElseGet(OptionalInt::empty), values.take(Table.SERVER_FAULTS));
  }

  private Settings.Body body() {
    var body = new Settings.Body(values.take(Table.REPLAY), values.take(Table.MAX_BODY));
    if (body.replay() > body.max()) {
      values.complain(Table.REPLAY, "is larger than body.max-bytes; allowed: up to " + body.max());
    }
    return body;
  }

  private Settings.Console console() {
    return new Settings.Console(
        values.take(Table.CONSOLE_ENABLED), values.take(Table.CONSOLE_LISTEN));
  }
}
