package io.onebalance.relay.ask.once;

import io.onebalance.provider.Destination;
import io.onebalance.relay.plan.errand.Errand;
import io.onebalance.secret.Scrub;
import io.onebalance.secret.Secret;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;

/// Where an answer to an errand says that it is to be had. Only the client may go there (F17). What
/// is the provider's own place leads back to us, since the client has no key for it; a place
/// elsewhere stays as it is, and one that holds a key, or what looks like one, is not told.
record Onward(Errand errand, Destination to) {
  /// The fields of the answer, with the `Location` that the client may hear.
  MultiMap led(MultiMap fields, Secret... secrets) {
    var heard = MultiMap.caseInsensitiveMultiMap().addAll(fields).remove(HttpHeaders.LOCATION);
    var location = String.valueOf(fields.get(HttpHeaders.LOCATION));
    return !Scrub.scrub(location, secrets).equals(location)
        ? heard
        : heard.add(HttpHeaders.LOCATION, ledBack(location));
  }

  /// Both paths of a question end alike; what they differ in is their beginning.
  private String ledBack(String location) {
    var theirs = pathOf(to.target());
    var ours = errand.message().path();
    var alike = alike(theirs, ours);
    var mount = theirs.substring(0, theirs.length() - alike);
    var place = placeOf(location);
    return alike > 0 && place.startsWith(mount + "/") && !place.startsWith("//")
        ? "/api/"
            + errand.provider().slug()
            + ours.substring(0, ours.length() - alike)
            + place.substring(mount.length())
        : location;
  }

  /// The path and query of a URL at the provider's own origin; of another one, all of it.
  private String placeOf(String location) {
    var origin = (to.origin().tls() ? "https://" : "http://") + to.origin().authority();
    return location.startsWith(origin + "/") ? location.substring(origin.length()) : location;
  }

  private static String pathOf(String target) {
    var query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }

  /// How many characters at the end are the same, in whole segments.
  private static int alike(String one, String other) {
    var same = 0;
    for (var i = 1; i <= Math.min(one.length(), other.length()); i++) {
      if (one.charAt(one.length() - i) != other.charAt(other.length() - i)) {
        return same;
      }
      same = one.charAt(one.length() - i) == '/' ? i : same;
    }
    return same;
  }
}
