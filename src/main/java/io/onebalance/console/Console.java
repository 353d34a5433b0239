package io.onebalance.console;

import static io.onebalance.console.web.Access.OPEN;
import static io.onebalance.console.web.Access.SESSION;
import static io.onebalance.console.web.Access.UNRESTRICTED;

import io.onebalance.console.api.BulkApi;
import io.onebalance.console.api.KeyApi;
import io.onebalance.console.api.OpenApi;
import io.onebalance.console.api.ProviderApi;
import io.onebalance.console.api.ProviderNames;
import io.onebalance.console.api.Selections;
import io.onebalance.console.api.TrialsApi;
import io.onebalance.console.api.gateway.GatewayKeyApi;
import io.onebalance.console.api.gateway.GatewayKeyJson;
import io.onebalance.console.api.transfer.ExportApi;
import io.onebalance.console.api.transfer.ImportApi;
import io.onebalance.console.live.EventApi;
import io.onebalance.console.pages.Assets;
import io.onebalance.console.pages.DoorPages;
import io.onebalance.console.pages.Frame;
import io.onebalance.console.pages.FreshSignIn;
import io.onebalance.console.pages.TasteForms;
import io.onebalance.console.pages.TroublePages;
import io.onebalance.console.pages.house.AuditPages;
import io.onebalance.console.pages.house.GatewayKeyPages;
import io.onebalance.console.pages.house.GatewayNames;
import io.onebalance.console.pages.house.GatewayRooms;
import io.onebalance.console.pages.house.SettingsPages;
import io.onebalance.console.pages.keys.FindPages;
import io.onebalance.console.pages.keys.KeyAdding;
import io.onebalance.console.pages.keys.KeyListForms;
import io.onebalance.console.pages.keys.KeyListPages;
import io.onebalance.console.pages.keys.KeyPages;
import io.onebalance.console.pages.keys.KeyRooms;
import io.onebalance.console.pages.keys.KeyShowing;
import io.onebalance.console.pages.overview.OverviewPages;
import io.onebalance.console.pages.overview.ProviderPages;
import io.onebalance.console.pages.traffic.PlaygroundPages;
import io.onebalance.console.pages.traffic.RequestPages;
import io.onebalance.console.report.RequestApi;
import io.onebalance.console.report.UsageApi;
import io.onebalance.console.session.Throttle;
import io.onebalance.console.web.Answers;
import io.onebalance.console.web.Ask;
import io.onebalance.console.web.Limits;
import io.onebalance.console.web.Refusal;
import io.onebalance.console.web.Route;
import io.onebalance.server.Desk;
import io.onebalance.server.Reply;
import io.onebalance.server.Visit;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The key API and the pages, as one desk. Each visit is looked up in the route table, let in or
/// turned away by what its route declares, and only then read. Thread-safe.
public final class Console implements Desk {
  private final ConsoleRooms rooms;
  private final InstantSource clock;
  private final Gate gate;
  private final Troubles troubles;
  private final RouteTable table;

  public Console(ConsoleRooms rooms, InstantSource clock, SecureRandom chance) {
    this.rooms = rooms;
    this.clock = clock;
    this.gate = new Gate(rooms.grants(), clock, chance);
    var frame = new Frame();
    this.troubles = new Troubles(gate, new TroublePages(frame));
    var names = new ProviderNames(rooms.catalogue(), rooms.keyring());
    var routes = new ArrayList<Route>();
    routes.add(new Route("GET", "/static/{name}", OPEN, ask -> Assets.all().answer(ask)));
    var throttle = new Throttle();
    routes.addAll(door(frame, throttle));
    routes.addAll(overview(frame));
    routes.addAll(keys(frame, names, throttle));
    routes.addAll(traffic(frame));
    routes.addAll(house(frame));
    routes.addAll(api(names));
    this.table = new RouteTable(routes);
  }

  @Override
  public boolean owns(String path) {
    return table.owns(path);
  }

  /// Turns strangers away before their body is read.
  @Override
  public Optional<Reply> refusal(Visit head) {
    try {
      admitted(head, table.find(head));
      return Optional.empty();
    } catch (RuntimeException trouble) {
      return Optional.of(bare(head, troubles.of(head, trouble)));
    }
  }

  /// Who has not shown a key yet gets room for a form.
  @Override
  public int mostBytes(Visit head) {
    return table.find(head).route().access() == OPEN ? Limits.OPEN_BODY : Limits.BODY;
  }

  @Override
  public Reply answer(Visit visit) {
    return bare(visit, attempt(visit));
  }

  /// The answer as it goes out: guarded, and without its body where only the head was asked for.
  private static Reply bare(Visit visit, Reply reply) {
    var guarded = Guards.on(reply);
    return visit.method().equals("HEAD")
            && guarded instanceof Reply.Whole(var status, var headers, _)
        ? new Reply.Whole(status, headers, new byte[0])
        : guarded;
  }

  /// Every route, for those who check them all.
  List<Route> routes() {
    return table.routes();
  }

  /// What was asked by whom, if this caller may ask it; throws a [Refusal] if not.
  private Ask admitted(Visit visit, RouteTable.Hit hit) {
    return new Ask(visit, hit.places(), gate.admit(visit, hit.route().access()));
  }

  private Reply attempt(Visit visit) {
    try {
      var hit = table.find(visit);
      var ask = admitted(visit, hit);
      return hit.route().handler().answer(ask);
    } catch (RuntimeException trouble) {
      return troubles.of(visit, trouble);
    }
  }

  private List<Route> door(Frame frame, Throttle throttle) {
    var door = new DoorPages(frame, gate.sessions(), throttle, gate::opens, clock);
    return List.of(
        new Route("GET", "/login", OPEN, door::login),
        new Route("POST", "/login", OPEN, door::enter),
        new Route("GET", "/logout", SESSION, door::askToLeave),
        new Route("POST", "/logout", SESSION, door::leave),
        new Route("POST", "/taste", OPEN, TasteForms::choose));
  }

  private List<Route> overview(Frame frame) {
    var history = rooms.history();
    var overview =
        new OverviewPages(
            frame,
            new OverviewPages.Rooms(rooms.keyring(), history, rooms.live(), callers()),
            clock);
    var providers =
        new ProviderPages(
            frame,
            new ProviderPages.Roads(rooms.catalogue(), rooms.way()),
            rooms.keyring(),
            new ProviderPages.Facts(history, rooms.live().trends(), rooms.pools(), clock));
    return List.of(
        new Route("GET", "/", SESSION, overview::show),
        new Route("GET", "/providers", SESSION, providers::list));
  }

  private List<Route> keys(Frame frame, ProviderNames names, Throttle throttle) {
    var about =
        new KeyRooms(names, rooms.keyring(), rooms.pools(), clock, rooms.trials().isPresent());
    var showing = new KeyShowing(about, new FreshSignIn(frame, gate::opens, throttle, clock));
    var lists = new KeyListPages(frame, about);
    var forms = new KeyListForms(frame, about, new KeyAdding(frame, about), showing);
    var past = new KeyPages.Past(rooms.history(), rooms.live().watch());
    var keys = new KeyPages(frame, about, past, showing);
    var find = new FindPages(frame, about);
    return List.of(
        new Route("GET", "/find", SESSION, find::ask),
        new Route("POST", "/find", SESSION, find::find),
        new Route("GET", "/keys", SESSION, _ -> Answers.seeOther("/providers")),
        new Route("GET", "/keys/{provider}", SESSION, lists::list),
        new Route("POST", "/keys/{provider}", SESSION, forms::act),
        new Route("GET", "/keys/{provider}/delete-blocked", SESSION, forms::askToDeleteBlocked),
        new Route("GET", "/keys/{provider}/{id}", SESSION, keys::show),
        new Route("POST", "/keys/{provider}/{id}", SESSION, keys::act),
        new Route("GET", "/keys/{provider}/{id}/delete", SESSION, keys::askToDelete));
  }

  private List<Route> traffic(Frame frame) {
    var requests =
        new RequestPages(
            frame,
            new RequestPages.Rooms(
                rooms.history(), rooms.catalogue(), rooms.keyring(), rooms.whys(), callers()));
    var playground = new PlaygroundPages(frame, rooms.keyring(), rooms.catalogue());
    return List.of(
        new Route("GET", "/requests", SESSION, requests::list),
        new Route("GET", "/requests/{id}", SESSION, requests::show),
        new Route("GET", "/playground", SESSION, playground::show));
  }

  private GatewayNames callers() {
    return new GatewayNames(rooms.grants(), rooms.issued());
  }

  private List<Route> house(Frame frame) {
    var about =
        new GatewayRooms(
            rooms.grants(), rooms.catalogue(), rooms.issued(), rooms.spendings(), clock);
    var gatewayKeys = new GatewayKeyPages(frame, about);
    var settings = new SettingsPages(frame, rooms.settings());
    var audit = new AuditPages(frame, rooms.keyring().audit());
    return List.of(
        new Route("GET", "/gateway-keys", SESSION, gatewayKeys::list),
        new Route("POST", "/gateway-keys", SESSION, gatewayKeys::add),
        new Route("GET", "/gateway-keys/{id}", SESSION, gatewayKeys::show),
        new Route("POST", "/gateway-keys/{id}", SESSION, gatewayKeys::act),
        new Route("GET", "/gateway-keys/{id}/revoke", SESSION, gatewayKeys::askToRevoke),
        new Route("GET", "/settings", SESSION, settings::show),
        new Route("GET", "/audit", SESSION, audit::list),
        new Route("POST", "/audit", SESSION, audit::check));
  }

  private List<Route> gatewayKeys() {
    var sight = new GatewayKeyJson(rooms.spendings(), clock);
    var gatewayKeys = new GatewayKeyApi(rooms.grants(), rooms.catalogue(), rooms.issued(), sight);
    return List.of(
        new Route("GET", "/api/gateway-keys", UNRESTRICTED, gatewayKeys::list),
        new Route("POST", "/api/gateway-keys", UNRESTRICTED, gatewayKeys::add),
        new Route("GET", "/api/gateway-keys/{id}", UNRESTRICTED, gatewayKeys::get),
        new Route("PATCH", "/api/gateway-keys/{id}", UNRESTRICTED, gatewayKeys::patch),
        new Route("DELETE", "/api/gateway-keys/{id}", UNRESTRICTED, gatewayKeys::revoke),
        new Route("POST", "/api/gateway-keys/{id}/rotate", UNRESTRICTED, gatewayKeys::rotate));
  }

  private List<Route> api(ProviderNames names) {
    var keys = new KeyApi(names, rooms.keyring(), rooms.pools(), clock);
    var providers = new ProviderApi(rooms.catalogue(), rooms.way(), rooms.keyring());
    var selections = new Selections(names);
    var trials = rooms.trials().map(given -> new TrialsApi(given, selections, names));
    var bulk = new BulkApi(rooms.keyring(), selections, trials);
    var in = new ImportApi(names, rooms.keyring(), clock);
    var out = new ExportApi(rooms.keyring(), selections, clock);
    var routes =
        new ArrayList<>(
            List.of(
                new Route("POST", "/api/keys/import", UNRESTRICTED, in::answer),
                new Route("POST", "/api/keys/export", UNRESTRICTED, out::answer),
                new Route("GET", "/api/openapi.yaml", OPEN, OpenApi.load()::answer),
                new Route("GET", "/api/providers", UNRESTRICTED, providers::list),
                new Route("POST", "/api/keys/add/{provider}", UNRESTRICTED, keys::add),
                new Route("GET", "/api/keys", UNRESTRICTED, keys::list),
                new Route("POST", "/api/keys/bulk", UNRESTRICTED, bulk::answer),
                new Route("GET", "/api/keys/{id}", UNRESTRICTED, keys::get),
                new Route("PATCH", "/api/keys/{id}", UNRESTRICTED, keys::patch),
                new Route("DELETE", "/api/keys/{id}", UNRESTRICTED, keys::delete),
                new Route("GET", "/api/keys/{id}/coolings", UNRESTRICTED, keys::coolings)));
    routes.addAll(gatewayKeys());
    routes.addAll(reports());
    trials.ifPresent(given -> {
      routes.add(new Route("POST", "/api/keys/test", UNRESTRICTED, given::test));
      routes.add(new Route("POST", "/test/run-cleanup/{provider}", UNRESTRICTED, given::cleanup));
    });
    return routes;
  }

  private List<Route> reports() {
    var usage = new UsageApi(rooms.history(), rooms.catalogue(), clock);
    var requests = new RequestApi(rooms.history(), rooms.catalogue(), rooms.whys());
    var events = new EventApi(rooms.live().watch(), gate::pass);
    return List.of(
        new Route("GET", "/api/events", UNRESTRICTED, events::answer),
        new Route("GET", "/api/usage", UNRESTRICTED, usage::answer),
        new Route("GET", "/api/requests", UNRESTRICTED, requests::list),
        new Route("GET", "/api/requests/{id}", UNRESTRICTED, requests::get));
  }
}
