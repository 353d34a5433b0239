package io.onebalance.settings.read;

import static io.onebalance.settings.read.Kinds.choice;
import static io.onebalance.settings.read.Kinds.flag;
import static io.onebalance.settings.read.Kinds.millis;
import static io.onebalance.settings.read.Kinds.size;
import static io.onebalance.settings.read.Kinds.text;
import static io.onebalance.settings.read.Kinds.whole;

import io.onebalance.secret.Secret;
import io.onebalance.settings.Cidr;
import io.onebalance.settings.Settings.Action;
import io.onebalance.settings.Settings.Address;
import io.onebalance.settings.Settings.AlertKind;
import io.onebalance.settings.Settings.Format;
import io.onebalance.settings.Settings.Level;
import io.onebalance.settings.Settings.Translator;
import io.onebalance.settings.file.Tree;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Every setting there is. The reader, the commented file that `init` writes and the names in
/// messages all come from here.
final class Table {
  private static final long DAY = 86_400_000;
  private static final long HOUR = 3_600_000;
  private static final long MONTH = 2_592_000;
  private static final int MANY = 1_000_000;
  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_-]+");
  private static final Pattern ANY_LINE = Pattern.compile("\\P{Cntrl}+");
  private static final Pattern DATABASES = Pattern.compile("(sqlite:|postgres(ql)?://)\\P{Cntrl}+");

  static final Setting<Optional<Secret>> AUTH_KEY =
      Setting.of(
              "auth-key",
              Kinds.secret("key=provider,model&provider;key(expiry);key").orNone(),
              "",
              "Gateway keys: key=provider,model&provider;key(expiry);key. A key without '=' may do"
                  + " everything. Unset: a random key is made and kept in data/auth-key.")
          .env("AUTH_KEY")
          .isSecret();

  static final Setting<String> HOST =
      Setting.of("host", Kinds.host(), "127.0.0.1", "The address that is listened on.")
          .env("HOST")
          .needsRestart();

  static final Setting<Integer> PORT =
      Setting.of("port", whole(0, 65_535), "8080", "The port; 0 takes any that is free.")
          .env("PORT")
          .needsRestart();

  static final Setting<String> DATA_DIR =
      Setting.of("data-dir", line("a directory"), "./data", "Where data is kept.")
          .env("DATA_DIR")
          .needsRestart();

  static final Setting<String> DATABASE =
      Setting.of(
              "database",
              text("sqlite:FILE or postgresql://USER:PASSWORD@HOST:PORT/DATABASE", DATABASES),
              "sqlite:{data}/one-balance.db",
              "The database: sqlite:FILE, where {data} is the data directory, or postgresql://….")
          .env("DATABASE_URL")
          .needsRestart()
          .isSecret();

  static final Setting<Optional<Secret>> MASTER_KEY =
      Setting.of(
              "master-key",
              Kinds.masterKey().orNone(),
              "",
              "The key that encrypts stored provider keys: 32 bytes in base64. Better in a file.")
          .env("MASTER_KEY")
          .needsRestart()
          .isSecret();

  static final Setting<String> MASTER_KEY_FILE =
      Setting.of(
              "master-key-file",
              line("a file"),
              "{data}/master.key",
              "The file with the master key. Made at the first start when no keys are stored.")
          .env("MASTER_KEY_FILE")
          .needsRestart();

  static final Setting<Optional<String>> GATEWAY_NAME =
      Setting.of(
              "gateway.name",
              text("letters, digits, - and _", WORD).orNone(),
              "",
              "A Cloudflare AI Gateway to ask providers through. Unset: they are asked directly.")
          .env("AI_GATEWAY");

  static final Setting<Optional<String>> GATEWAY_ACCOUNT =
      Setting.of(
              "gateway.account",
              text("letters, digits, - and _", WORD).orNone(),
              "",
              "The Cloudflare account of the gateway, and of Workers AI keys that name none.")
          .env("CLOUDFLARE_ACCOUNT_ID");

  static final Setting<Optional<Secret>> GATEWAY_TOKEN =
      Setting.of(
              "gateway.token",
              Kinds.secret("a token").orNone(),
              "",
              "The token of an authenticated gateway.")
          .env("AI_GATEWAY_TOKEN")
          .isSecret();

  static final Setting<Optional<String>> GATEWAY_URL =
      Setting.of(
              "gateway.url",
              Kinds.url().orNone(),
              "",
              "The gateway's URL, instead of account and name.")
          .env("AI_GATEWAY_URL");

  static final Setting<Translator> GATEWAY_TRANSLATE =
      Setting.of(
          "gateway.translate",
          choice(List.of(Translator.SELF, Translator.GATEWAY)),
          "self",
          "Who translates compat chat: this program, or Cloudflare's /compat.");

  static final Setting<Integer> CONSECUTIVE_429 =
      Setting.of(
              "cooldown.consecutive-429-threshold",
              whole(1, 1000),
              "2",
              "How many 429s in a row without a hint give a key and model a long cooldown.")
          .env("CONSECUTIVE_429_THRESHOLD");

  static final Setting<Integer> RECOVERY =
      Setting.of(
              "health.recovery-threshold",
              whole(1, 1000),
              "5",
              "How many failures in a row of its own making bench a key.")
          .env("RECOVERY_THRESHOLD");

  static final Setting<Duration> OVERALL =
      Setting.of("timeout.overall-ms", millis(1, DAY), "600000", "How long until an answer begins.")
          .env("OVERALL_TIMEOUT_MS");

  static final Setting<Optional<Duration>> ATTEMPT =
      Setting.of(
              "timeout.attempt-ms",
              millis(1, DAY).orNone(),
              "",
              "How long one attempt may take. Unset: 120000 streamed, 600000 otherwise.")
          .env("TARGET_TIMEOUT_MS");

  static final Setting<Duration> STREAM_IDLE =
      Setting.of(
              "timeout.stream-idle-ms",
              millis(1, DAY),
              "120000",
              "How long a stream may be silent.")
          .env("STREAM_IDLE_TIMEOUT_MS");

  static final Setting<Duration> CONNECT =
      Setting.of(
              "timeout.connect-ms",
              millis(1, HOUR),
              "5000",
              "How long a connection to a provider may take to open.")
          .env("CONNECT_TIMEOUT_MS")
          .needsRestart();

  static final Setting<Duration> WAIT =
      Setting.of(
              "timeout.wait-ms",
              millis(0, HOUR),
              "10000",
              "How long a request may wait for a key to recover.")
          .env("MAX_WAIT_MS");

  static final Setting<Duration> CLIENT_HEAD =
      Setting.of(
          "client.head-ms",
          millis(1, HOUR),
          "10000",
          "How long a client may take for the head of a request, once it began.");

  static final Setting<Duration> CLIENT_IDLE =
      Setting.of(
          "client.idle-ms",
          millis(1, DAY),
          "75000",
          "How long a client's connection may stay open without a request.");

  static final Setting<Duration> CLIENT_BODY =
      Setting.of(
          "client.body-ms",
          millis(1, DAY),
          "30000",
          "How long a client may be silent within a body; then 408.");

  static final Setting<Duration> CLIENT_TAKING =
      Setting.of(
          "client.taking-ms",
          millis(1, DAY),
          "120000",
          "How long a client may take to read what lies ready for it, about 32 KiB.");

  static final Setting<Integer> CLIENT_CONCURRENT =
      Setting.of(
          "client.concurrent",
          whole(0, MANY),
          "1024",
          "How many requests of one gateway key may run at once, more get 429; 0: any number."
              + " limits: may say otherwise.");

  static final Setting<Optional<Integer>> MAX_ATTEMPTS =
      Setting.of(
              "attempts.max",
              whole(1, MANY).orNone(),
              "",
              "How many keys one request may try. Unset: as many as the time allows.")
          .env("MAX_ATTEMPTS");

  static final Setting<Integer> SERVER_FAULTS =
      Setting.of(
          "attempts.server-faults",
          whole(0, 100),
          "3",
          "How many server faults one request may meet.");

  static final Setting<Long> REPLAY =
      Setting.of(
              "body.replay-bytes",
              size(0, "1GiB"),
              "32MiB",
              "Bodies up to this size are kept and may be sent again with another key;"
                  + " all together may take an eighth of the heap.")
          .env("REPLAY_BYTES");

  static final Setting<Long> MAX_BODY =
      Setting.of("body.max-bytes", size(1, "1TiB"), "2GiB", "Larger bodies are refused with 413.")
          .env("MAX_BODY_BYTES");

  static final Setting<Boolean> MEDIA_FETCH =
      Setting.of(
          "media.fetch",
          flag(),
          "false",
          "Whether pictures and files that a request links to are fetched from the web for"
              + " providers that fetch none. Only public addresses, up to 20 MiB each.");

  static final Setting<Duration> SOCKET_IDLE =
      Setting.of(
          "websocket.idle-ms",
          millis(1, DAY),
          "600000",
          "How long both sides of a WebSocket may be silent.");

  static final Setting<Long> SOCKET_MESSAGE =
      Setting.of(
          "websocket.max-message-bytes",
          size(125, "1GiB"),
          "32MiB",
          "Larger messages end a WebSocket, with code 1009.");

  static final Setting<List<String>> CORS_ORIGINS =
      Setting.of(
              "cors.origins",
              Kinds.origin().many(),
              "",
              "Web pages that may call from a browser: their origins, or *.")
          .env("CORS_ORIGINS");

  static final Setting<Optional<String>> TLS_CERT =
      Setting.of("tls.cert", line("a PEM file").orNone(), "", "The certificate chain.")
          .env("TLS_CERT")
          .needsRestart();

  static final Setting<Optional<String>> TLS_KEY =
      Setting.of("tls.key", line("a PEM file").orNone(), "", "The certificate's private key.")
          .env("TLS_KEY")
          .needsRestart();

  static final Setting<Boolean> CLEARTEXT =
      Setting.of("http2.cleartext", flag(), "false", "Whether HTTP/2 is spoken without TLS too.")
          .needsRestart();

  static final Setting<Optional<Address>> CONSOLE_LISTEN =
      Setting.of(
              "console.listen",
              Kinds.address().orNone(),
              "",
              "host:port of a listener of their own for the console, the key API and /metrics.")
          .needsRestart();

  static final Setting<Boolean> CONSOLE_ENABLED =
      Setting.of("console.enabled", flag(), "true", "Whether there is a console.").needsRestart();

  static final Setting<List<Cidr>> TRUSTED_PROXIES =
      Setting.of(
          "trusted-proxies",
          Kinds.cidr().many(),
          "",
          "Addresses and ranges whose X-Forwarded-* is believed.");

  static final Setting<Boolean> METRICS_OPEN =
      Setting.of("metrics.open", flag(), "false", "Whether /metrics needs no gateway key.");

  static final Setting<String> CLEANUP_SCHEDULE =
      Setting.of(
          "cleanup.schedule",
          Cron.kind(),
          "0 0 * * *",
          "When dead keys are cleaned up: cron, UTC.");

  static final Setting<Action> CLEANUP_ACTION =
      Setting.of(
          "cleanup.action",
          choice(List.of(Action.DELETE, Action.BLOCK)),
          "delete",
          "What the cleanup does with a dead key.");

  static final Setting<Duration> DRAIN_PAUSE =
      Setting.of(
              "drain-pause-ms",
              millis(0, DAY),
              "0",
              "How long new requests are still taken after SIGTERM, while /health/ready says no.")
          .needsRestart();

  static final Setting<Duration> DRAIN =
      Setting.of("drain-ms", millis(0, DAY), "600000", "How long streams may finish after SIGTERM.")
          .needsRestart();

  static final Setting<Boolean> SANDBOX =
      Setting.of("sandbox.enabled", flag(), "true", "Whether the pretend provider answers.")
          .needsRestart();

  static final Setting<Format> LOG_FORMAT =
      Setting.of(
              "log.format",
              choice(List.of(Format.TEXT, Format.JSON)),
              "text",
              "How log lines are written.")
          .needsRestart();

  static final Setting<Level> LOG_LEVEL =
      Setting.of(
              "log.level",
              choice(List.of(Level.ERROR, Level.WARN, Level.INFO, Level.DEBUG, Level.TRACE)),
              "info",
              "What is logged.")
          .needsRestart();

  static final Setting<Boolean> LOG_BODIES =
      Setting.of(
          "log.bodies",
          flag(),
          "false",
          "Whether bodies are logged: the first 16 KiB of each prompt and answer, without keys.");

  static final Setting<Optional<String>> TRACE_ENDPOINT =
      Setting.of(
              "tracing.endpoint",
              Kinds.url().orNone(),
              "",
              "An OpenTelemetry collector that hears of each request, by OTLP over HTTP, such as"
                  + " http://localhost:4318. Unset: no traces.")
          .needsRestart();

  static final Setting<Optional<Secret>> TRACE_HEADERS =
      Setting.of(
              "tracing.headers",
              Kinds.fields().orNone(),
              "",
              "What the collector wants to see: name=value,name=value.")
          .needsRestart()
          .isSecret();

  static final Setting<Double> TRACE_SAMPLE =
      Setting.of(
              "tracing.sample",
              Kinds.share(),
              "1",
              "How many requests are traced, from 0 to 1; where a client's traceparent says, it"
                  + " decides.")
          .needsRestart();

  static final Setting<Boolean> RECORDS =
      Setting.of(
              "ledger.enabled",
              flag(),
              "true",
              "Whether requests are recorded: their log, sums, costs, metrics and traces. If not,"
                  + " limits still hold, and are forgotten at a restart.")
          .needsRestart();

  static final Setting<Duration> KEEP_REQUESTS =
      Setting.of(
          "retention.requests-days",
          Kinds.days(0, 3650),
          "30",
          "How long the request log is kept; the sums stay longer.");

  static final Setting<Long> KEEP_BYTES =
      Setting.of(
          "retention.max-bytes",
          size(0, "1TiB"),
          "2GiB",
          "How large the request log may grow; then the oldest go.");

  static final Setting<ZoneId> LIMITS_ZONE =
      Setting.of(
          "limits.zone",
          Kinds.zone(),
          "UTC",
          "The time zone in which days and months of budgets begin, such as Europe/Berlin.");

  static final Setting<Tree.Branch> LIMITS_DEFAULT =
      Setting.of(
          "limits.default",
          Kinds.map("a map of limits: " + Limits.NAMES),
          "",
          "What each gateway key may use, unless it has limits of its own.");

  static final Setting<Tree.Branch> LIMITS_KEYS =
      Setting.of(
          "limits.keys",
          Kinds.map("a map of gateway keys to maps of limits"),
          "",
          "What single keys of AUTH_KEY may use: key-1 is the first one. A key's id does as well.");

  static final Setting<Optional<Secret>> ALERT_WEBHOOK =
      Setting.of(
              "alerts.webhook",
              Kinds.webhook().orNone(),
              "",
              "Where alerts are sent as JSON; Slack and Discord show them as they are. Unset: they"
                  + " are only logged.")
          .isSecret();

  static final Setting<Optional<Secret>> ALERT_SIGNING =
      Setting.of(
              "alerts.signing-key",
              Kinds.secret("a secret").orNone(),
              "",
              "Signs what is sent: x-one-balance-signature is sha256= and the body's HMAC in hex.")
          .isSecret();

  static final Setting<List<AlertKind>> ALERT_TELL =
      Setting.of(
          "alerts.tell",
          choice(List.of(AlertKind.values())).many(),
          "pool_low, key_blocked, provider_down, budget_near, budget_reached",
          "What is told.");

  static final Setting<Integer> ALERT_READY =
      Setting.of(
          "alerts.pool-below-percent",
          whole(0, 100),
          "20",
          "A pool is low while fewer of its keys are ready.");

  static final Setting<Integer> ALERT_BUDGET =
      Setting.of(
          "alerts.budget-percent",
          whole(1, 100),
          "80",
          "A gateway key's budget is near its end from here on.");

  static final Setting<Long> CACHE_BYTES =
      Setting.of(
          "cache.max-bytes",
          size(0, "1TiB"),
          "0",
          "How much memory answers may take that are remembered for equal requests, up to a quarter"
              + " of the heap; 0 remembers none.");

  static final Setting<Duration> CACHE_TTL =
      Setting.of(
          "cache.ttl-seconds",
          Kinds.seconds(1, MONTH),
          "300",
          "How long an answer is remembered where the request does not say (cf-aig-cache-ttl).");

  static final Setting<List<String>> CACHE_MODELS =
      Setting.of(
          "cache.models",
          line("a model's name, also with *").many(),
          "",
          "Models whose answers are remembered: names of your own, or provider/model, also with *."
              + " Others only where a request asks for it.");

  static final Setting<Boolean> CACHE_SHARED =
      Setting.of(
          "cache.shared",
          flag(),
          "false",
          "Whether what one gateway key was told may be told to another.");

  static final Setting<List<String>> HEDGE_MODELS =
      Setting.of(
          "hedge.models",
          line("a model's name, also with *").many(),
          "",
          "Models for which a second place is asked where the first is slow to begin: names of your"
              + " own, or provider/model, also with *. Whoever begins first is passed on, the other"
              + " is called off; the provider may charge for both.");

  static final Setting<Integer> HEDGE_PERCENT =
      Setting.of(
          "hedge.percent", whole(1, 10), "2", "How many of 100 requests may be asked twice.");

  static final Setting<Duration> HEDGE_AFTER =
      Setting.of(
          "hedge.after-ms",
          millis(0, HOUR),
          "0",
          "How long the first place has, in milliseconds; 0 for what 95 of 100 requests take.");

  static final Setting<Tree.Branch> PROVIDERS =
      Setting.of(
              "providers",
              Kinds.map("a map of providers by name"),
              "",
              "Providers that are added to the catalogue, or override it.")
          .isSecret();

  static final Setting<Tree.Branch> PRICES =
      Setting.of(
          "prices",
          Kinds.map("a map of prices by provider"),
          "",
          "What tokens cost, where it is not what the program knows: dollars for a million.");

  static final Setting<Tree.Branch> MODELS =
      Setting.of(
          "models",
          Kinds.map("a map of names to provider/model"),
          "",
          "Names of your own, also with *, and where they lead.");

  /// In the order people read them.
  static final List<Setting<?>> ALL =
      List.of(
          AUTH_KEY,
          HOST,
          PORT,
          DATA_DIR,
          DATABASE,
          MASTER_KEY,
          MASTER_KEY_FILE,
          GATEWAY_NAME,
          GATEWAY_ACCOUNT,
          GATEWAY_TOKEN,
          GATEWAY_URL,
          GATEWAY_TRANSLATE,
          CONSECUTIVE_429,
          RECOVERY,
          OVERALL,
          ATTEMPT,
          STREAM_IDLE,
          CONNECT,
          WAIT,
          CLIENT_HEAD,
          CLIENT_IDLE,
          CLIENT_BODY,
          CLIENT_TAKING,
          CLIENT_CONCURRENT,
          MAX_ATTEMPTS,
          SERVER_FAULTS,
          REPLAY,
          MAX_BODY,
          MEDIA_FETCH,
          SOCKET_IDLE,
          SOCKET_MESSAGE,
          CORS_ORIGINS,
          TLS_CERT,
          TLS_KEY,
          CLEARTEXT,
          CONSOLE_LISTEN,
          CONSOLE_ENABLED,
          TRUSTED_PROXIES,
          METRICS_OPEN,
          CLEANUP_SCHEDULE,
          CLEANUP_ACTION,
          DRAIN_PAUSE,
          DRAIN,
          SANDBOX,
          LOG_FORMAT,
          LOG_LEVEL,
          LOG_BODIES,
          TRACE_ENDPOINT,
          TRACE_HEADERS,
          TRACE_SAMPLE,
          RECORDS,
          KEEP_REQUESTS,
          KEEP_BYTES,
          LIMITS_ZONE,
          LIMITS_DEFAULT,
          LIMITS_KEYS,
          ALERT_WEBHOOK,
          ALERT_SIGNING,
          ALERT_TELL,
          ALERT_READY,
          ALERT_BUDGET,
          CACHE_BYTES,
          CACHE_TTL,
          CACHE_MODELS,
          CACHE_SHARED,
          HEDGE_MODELS,
          HEDGE_PERCENT,
          HEDGE_AFTER,
          PROVIDERS,
          PRICES,
          MODELS);

  private Table() {}

  private static Kind<String> line(String allowed) {
    return text(allowed, ANY_LINE);
  }
}
