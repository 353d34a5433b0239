package io.onebalance.sdk;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.List;

/// One way in which an official client asks. It never retries by itself.
interface Sdk {
  String WORDS = "hello";
  String RESULT = "rain";

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

  /// All of them.
  enum Kind {
    OPENAI_CHAT,
    OPENAI_RESPONSES,
    ANTHROPIC,
    GOOGLE;

    Sdk at(Door door) {
      return switch (this) {
        case OPENAI_CHAT -> new OpenAiChat(door);
        case OPENAI_RESPONSES -> new OpenAiResponses(door);
        case ANTHROPIC -> new AnthropicMessages(door);
        case GOOGLE -> new GoogleGenAi(door);
      };
    }
  }

  /// The text of the answer.
  String chat(String model);

  /// The text of a streamed answer, as the client's accumulator has it where there is one.
  String stream(String model);

  /// Offers [Weather], hands [#RESULT] back for the call, and tells for which city it was asked.
  String useTool(String model, boolean streamed);

  /// What was answered by the schema of [Person].
  Person invent(String model);

  List<String> models();

  /// What the client throws for it.
  Class<? extends Throwable> thrownFor(Trouble trouble);

  /// What the client throws for a stream that breaks off.
  Class<? extends Throwable> thrownForBrokenStream();
}
