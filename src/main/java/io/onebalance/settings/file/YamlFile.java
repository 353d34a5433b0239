package io.onebalance.settings.file;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/// Reads YAML into a [Tree]. No type is guessed and no object is made: a scalar is its text. Size,
/// depth and the growth by aliases are bounded.
public final class YamlFile {
  private static final int LARGEST = 1 << 18;
  private static final int MOST_BRACKETS = 1000;
  private static final int MOST_VALUES = 20_000;
  private static final int DEEPEST = 20;

  private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");

  private int values;

  private YamlFile() {}

  /// The map at the top of the document; an empty document is an empty map.
  public static Tree.Branch read(String text) throws FileTrouble {
    checkSize(text);
    var settings = LoadSettings.builder().build();
    try {
      var node = new Compose(settings).composeString(text);
      if (node.isEmpty() || isNull(node.get())) {
        return new Tree.Branch(Map.of(), 1);
      }
      return new YamlFile().top(node.get());
    } catch (MarkedYamlEngineException broken) {
      var line = broken.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
      throw new FileTrouble(line, "this is not YAML: " + broken.getProblem());
    } catch (YamlEngineException | IllegalArgumentException broken) {
      // The library lets its own objection to a tag (`!a%09`) out as it is.
      throw new FileTrouble(0, "this is not YAML: " + broken.getMessage());
    }
  }

  /// Brackets are the cheap way to nest without end, and the reader of YAML recurses.
  private static void checkSize(String text) throws FileTrouble {
    if (text.length() > LARGEST) {
      throw new FileTrouble(0, "the file is larger than " + LARGEST + " characters");
    }
    if (text.chars().filter(c -> c == '[' || c == '{').count() > MOST_BRACKETS) {
      throw new FileTrouble(0, "there are more than " + MOST_BRACKETS + " brackets");
    }
  }

  private Tree.Branch top(Node node) throws FileTrouble {
    if (tree(node, line(node), 0) instanceof Tree.Branch branch) {
      return branch;
    }
    throw new FileTrouble(line(node), "the file must hold settings as 'name: value'");
  }

  /// `line` is where people look for the value: at its name, which may stand above it.
  private Tree tree(Node node, int line, int depth) throws FileTrouble {
    if (depth > DEEPEST || ++values > MOST_VALUES) {
      throw new FileTrouble(line(node), "this is nested too deeply, or grows without end");
    }
    return switch (node) {
      case ScalarNode scalar -> new Tree.Leaf(text(scalar), line);
      case SequenceNode sequence -> row(sequence, line, depth);
      case MappingNode mapping -> branch(mapping, line, depth);
      // Node is the library's open class; these three are all that YAML has.
      default -> throw new FileTrouble(line(node), "this kind of value is not understood");
    };
  }

  private Tree.Row row(SequenceNode sequence, int line, int depth) throws FileTrouble {
    var items = new ArrayList<Tree>();
    for (var item : sequence.getValue()) {
      items.add(tree(item, line(item), depth + 1));
    }
    return new Tree.Row(items, line);
  }

  private Tree.Branch branch(MappingNode mapping, int line, int depth) throws FileTrouble {
    var entries = new LinkedHashMap<String, Tree>();
    List<NodeTuple> tuples = mapping.getValue();
    for (var tuple : tuples) {
      var key = tuple.getKeyNode();
      if (!(key instanceof ScalarNode scalar)) {
        throw new FileTrouble(line(key), "a name must be a plain word");
      }
      if (entries.put(scalar.getValue(), tree(tuple.getValueNode(), line(key), depth + 1))
          != null) {
        throw new FileTrouble(line(key), "'" + scalar.getValue() + "' is set twice");
      }
    }
    return new Tree.Branch(entries, line);
  }

  private static String text(ScalarNode scalar) {
    return isNull(scalar) ? "" : scalar.getValue();
  }

  /// YAML's words for nothing count only without quotes.
  private static boolean isNull(Node node) {
    return node instanceof ScalarNode scalar
        && scalar.isPlain()
        && NULLS.contains(scalar.getValue());
  }

  private static int line(Node node) {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
  }
}
