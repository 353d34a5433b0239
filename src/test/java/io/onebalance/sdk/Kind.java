package io.onebalance.sdk;

import io.onebalance.sdk.LangChain4j.Flavour;
import io.onebalance.sdk.Sdk.Door;

/// All clients, and in which ways they ask.
enum Kind {
  OPENAI_CHAT(true),
  OPENAI_RESPONSES(false),
  ANTHROPIC(false),
  ANTHROPIC_2(false),
  GOOGLE(true),
  LANGCHAIN4J_OPENAI(true),
  LANGCHAIN4J_ANTHROPIC(false),
  LANGCHAIN4J_GEMINI(true);

  /// Whether it has embeddings of its own; Anthropic's API has none.
  final boolean embeds;

  Kind(boolean embeds) {
    this.embeds = embeds;
  }

  /// `older` is where the client runs that has no room beside its successor.
  Sdk at(Door door, OlderClient older) {
    return switch (this) {
      case OPENAI_CHAT -> new OpenAiChat(door);
      case OPENAI_RESPONSES -> new OpenAiResponses(door);
      case ANTHROPIC -> new AnthropicMessages(door);
      case ANTHROPIC_2 -> older.at(door);
      case GOOGLE -> new GoogleGenAi(door);
      case LANGCHAIN4J_OPENAI -> new LangChain4j(Flavour.OPENAI, door);
      case LANGCHAIN4J_ANTHROPIC -> new LangChain4j(Flavour.ANTHROPIC, door);
      case LANGCHAIN4J_GEMINI -> new LangChain4j(Flavour.GEMINI, door);
    };
  }
}
