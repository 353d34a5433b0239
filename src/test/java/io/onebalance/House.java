package io.onebalance;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.net.URL;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// The program as it was compiled, seen by rooms: a room is a package right under `io.onebalance`,
/// with all that lies below it.
final class House {
  private static final String ROOT = "io.onebalance";

  private final JavaClasses imported;
  private final List<JavaClass> classes;

  private House(JavaClasses imported) {
    this.imported = imported;
    this.classes = List.copyOf(imported);
  }

  static House asCompiled() {
    return Read.HOUSE;
  }

  /// Read once, at the first question.
  private static final class Read {
    static final House HOUSE = new House(new ClassFileImporter().importUrl(compiled()));
  }

  /// Wherever this build put it.
  private static URL compiled() {
    return Main.class.getProtectionDomain().getCodeSource().getLocation();
  }

  /// Every class, of `Main`'s own package too.
  List<JavaClass> classes() {
    return classes;
  }

  List<JavaClass> classesOf(String room) {
    return classes.stream().filter(found -> roomOf(found).equals(room)).toList();
  }

  /// Each room that has something in it, and the other rooms that it names.
  Map<String, Set<String>> acquaintances() {
    var rooms = new TreeMap<String, Set<String>>();
    for (var found : classes) {
      var room = roomOf(found);
      if (!room.isEmpty() && !found.getSimpleName().equals("package-info")) {
        rooms.computeIfAbsent(room, _ -> new TreeSet<>()).addAll(namedBy(found));
      }
    }
    return rooms;
  }

  /// The packages below a room, and for each the other ones of the same room that it names; the
  /// room's own package is "".
  Map<String, Set<String>> acquaintancesWithin(String room) {
    var within = new TreeMap<String, Set<String>>();
    for (var found : classesOf(room)) {
      var others = within.computeIfAbsent(stepOf(found), _ -> new TreeSet<>());
      targets(found).stream()
          .filter(target -> roomOf(target).equals(room))
          .map(House::stepOf)
          .filter(step -> !step.equals(stepOf(found)))
          .forEach(others::add);
    }
    return within;
  }

  /// Packages of ours that know each other, however many lie on the way there and back.
  List<String> circles() {
    return SlicesRuleDefinition.slices()
        .assignedFrom(new ByPackage())
        .should()
        .beFreeOfCycles()
        .evaluate(imported)
        .getFailureReport()
        .getDetails();
  }

  /// What follows the room in the name of a class's package, up to the next dot.
  private static String stepOf(JavaClass found) {
    var prefix = ROOT + "." + roomOf(found);
    var name = found.getPackageName();
    return name.length() > prefix.length()
        ? name.substring(prefix.length() + 1).replaceFirst("[.].*", "")
        : "";
  }

  /// The classes outside `Main`'s own package that name one inside it.
  List<String> whoKnowMain() {
    return classes.stream()
        .filter(found -> !roomOf(found).isEmpty())
        .filter(found -> targets(found).stream().anyMatch(House::isMain))
        .map(JavaClass::getName)
        .toList();
  }

  private static Set<String> namedBy(JavaClass found) {
    var others = new TreeSet<String>();
    for (var target : targets(found)) {
      others.add(roomOf(target));
    }
    others.remove("");
    others.remove(roomOf(found));
    return others;
  }

  private static List<JavaClass> targets(JavaClass found) {
    return found.getDirectDependenciesFromSelf().stream()
        .map(Dependency::getTargetClass)
        .map(JavaClass::getBaseComponentType)
        .toList();
  }

  private static boolean isMain(JavaClass found) {
    return found.getPackageName().equals(ROOT);
  }

  /// The room a class lives in; empty for `Main`'s own package and for foreign classes.
  private static String roomOf(JavaClass found) {
    var name = found.getPackageName();
    if (!name.startsWith(ROOT + ".")) {
      return "";
    }
    var below = name.substring(ROOT.length() + 1);
    var dot = below.indexOf('.');
    return dot < 0 ? below : below.substring(0, dot);
  }

  /// Each package of ours by itself.
  private static final class ByPackage implements SliceAssignment {
    @Override
    public SliceIdentifier getIdentifierOf(JavaClass found) {
      var name = found.getPackageName();
      return name.startsWith(ROOT) ? SliceIdentifier.of(name) : SliceIdentifier.ignore();
    }

    @Override
    public String getDescription() {
      return "our packages";
    }
  }
}
