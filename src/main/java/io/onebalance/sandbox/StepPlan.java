package io.onebalance.sandbox;

import io.onebalance.sandbox.answer.Ask;
import io.onebalance.sandbox.answer.Complaint;
import io.onebalance.sandbox.answer.Pretender;
import io.onebalance.sandbox.answer.Reply;
import io.onebalance.sandbox.quota.Bill;
import io.onebalance.sandbox.script.Fault;
import io.onebalance.sandbox.script.Gate;
import io.onebalance.sandbox.script.Pace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Turns a request and a fault into the steps that go over the wire. Knows no socket. The good
/// answer is only made for faults that are about it: a refused upload leaves no file behind.
record StepPlan(Ask ask, Bill bill, Pace pace) {
  private static final byte[] NOTHING = new byte[0];

  List<Step> steps(Fault fault) {
    return switch (fault) {
      case Fault.Well() -> sent(good());
      case Fault.Refuses(var complaint) -> sent(pretender().refuse(complaint, ask));
      case Fault.RefusesWith200(var complaint) ->
          sent(pretender().refuse(complaint, ask).withStatus(200));
      case Fault.FailsAfter(var events, var complaint) -> sent(failing(good(), events, complaint));
      case Fault.Empty() -> sent(pretender().empty(ask));
      case Fault.Says(var status, var headers, var body) ->
          sent(new Reply(status, headers, List.of(body), false));
      case Fault.Late(var by) -> before(new Step.Rest(by), sent(good()));
      case Fault.Hangs(var gate) -> before(new Step.Await(gate), sent(good()));
      case Fault.Stalls(var bytes, var gate) -> stalled(good(), bytes, gate);
      case Fault.Drips(var bytes, var every) -> dripped(good(), new Pace(1, every, bytes));
      case Fault.Cuts(var bytes, var reset) -> cut(good(), bytes, reset);
      case Fault.HangsUp(var reset) -> List.of(new Step.HangUp(reset));
      case Fault.Garbage(var bytes) -> List.of(new Step.Raw(bytes), new Step.HangUp(false));
      case Fault.WrongLength(var by) -> misjudged(good(), by);
    };
  }

  private Reply good() {
    return pretender().answer(ask).with(pretender().meters(bill.meters(), ask));
  }

  private Pretender pretender() {
    return ask.place().pretender();
  }

  private Reply failing(Reply good, int events, Complaint complaint) {
    if (!good.streamed()) {
      return pretender().refuse(complaint, ask).withStatus(200);
    }
    var pieces = new ArrayList<>(good.pieces().subList(0, Math.min(events, good.pieces().size())));
    pieces.add(pretender().failure(complaint, ask));
    return good.withPieces(pieces);
  }

  private List<Step> sent(Reply reply) {
    return reply.streamed() ? streamed(reply, pace) : whole(reply);
  }

  private static List<Step> whole(Reply reply) {
    var body = reply.body();
    return List.of(sized(reply, body.length), new Step.End(body));
  }

  private static List<Step> streamed(Reply reply, Pace pace) {
    var steps = new ArrayList<Step>();
    steps.add(new Step.Head(reply.status(), reply.headers()));
    for (var piece : pace.chunkBytes() > 0 ? List.of(reply.body()) : reply.pieces()) {
      var size = pace.chunkBytes() > 0 ? pace.chunkBytes() : Math.max(1, piece.length);
      write(piece, size, pace, steps);
    }
    steps.add(new Step.End(NOTHING));
    return steps;
  }

  private static void write(byte[] bytes, int size, Pace pace, List<Step> steps) {
    for (var from = 0; from < bytes.length; from += size) {
      steps.add(
          new Step.Write(Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + size))));
      if (pace.pause().isPositive()) {
        steps.add(new Step.Rest(pace.pause()));
      }
    }
  }

  private static List<Step> dripped(Reply good, Pace drip) {
    var steps = new ArrayList<Step>();
    steps.add(head(good));
    write(good.body(), drip.chunkBytes(), drip, steps);
    steps.add(new Step.End(NOTHING));
    return steps;
  }

  private static List<Step> stalled(Reply good, int bytes, Gate gate) {
    var body = good.body();
    var at = Math.min(bytes, body.length);
    return List.of(
        head(good),
        new Step.Write(Arrays.copyOf(body, at)),
        new Step.Await(gate),
        new Step.End(Arrays.copyOfRange(body, at, body.length)));
  }

  private static List<Step> cut(Reply good, int bytes, boolean reset) {
    var body = good.body();
    return List.of(
        head(good),
        new Step.Write(Arrays.copyOf(body, Math.min(bytes, body.length))),
        new Step.HangUp(reset));
  }

  private static List<Step> misjudged(Reply good, int by) {
    var body = good.body();
    return List.of(
        sized(good, Math.max(0, body.length + by)), new Step.Write(body), new Step.HangUp(false));
  }

  private static Step head(Reply good) {
    return good.streamed()
        ? new Step.Head(good.status(), good.headers())
        : sized(good, good.body().length);
  }

  private static Step.Head sized(Reply reply, int length) {
    var headers = new LinkedHashMap<>(reply.headers());
    headers.put("content-length", Integer.toString(length));
    return new Step.Head(reply.status(), Map.copyOf(headers));
  }

  private static List<Step> before(Step first, List<Step> rest) {
    var steps = new ArrayList<Step>();
    steps.add(first);
    steps.addAll(rest);
    return steps;
  }
}
