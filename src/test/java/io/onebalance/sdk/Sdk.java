package io.onebalance.sdk;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.List;
import java.util.Map;

/// One way in which a client asks. It never retries by itself.
interface Sdk {
  String WORDS = "hello";

  /// Where the program is, and the gateway key to say.
  record Door(String url, String key) {}

  /// The arguments of the tool that is offered.
  @JsonTypeName("weather")
  final class Weather {
    public String city = "";
  }

  /// The answer that is asked for by its schema.
  final class Person {
    public String name = "";
    public int age;
  }

  /// What the tool says of a city.
  static String weather(String city) {
    return "rain in " + city;
  }

  /// A schema of objects that have all of these.
  static Map<String, Object> object(Map<String, Object> properties) {
    return Map.of(
        "type", "object", "properties", properties, "required", List.copyOf(properties.keySet()));
  }

  /// The text of the answer; of a streamed one as the client's accumulator has it, where there is
  /// one.
  String say(String model, boolean streamed);

  /// Offers [Weather], hands [#weather] back for each call, and tells for which cities it was
  /// asked.
  List<String> useTool(String model, boolean streamed);

  /// What was answered by the schema of [Person].
  Person invent(String model);

  /// A vector for each text.
  List<List<Float>> embed(String model, List<String> texts);

  List<String> models();

  /// What the client throws for it.
  Class<? extends Throwable> thrownFor(Trouble trouble);

  /// What the client throws for a stream that breaks off.
  Class<? extends Throwable> thrownForBrokenStream();

  /// The status that an exception of this client tells.
  int statusOf(Throwable thrown);
}
