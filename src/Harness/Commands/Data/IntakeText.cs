using System.Globalization;
using Dfx.Data.Packing;

namespace Dfx.Harness.Commands.Data;

/// <summary>What is taken of a user's files for what, in a few lines however many classes there are.</summary>
internal static class IntakeText
{
    private const int Named = 6;

    /// <summary>Says it, a line a call.</summary>
    internal static void Write(Action<string> say, Intake intake)
    {
        foreach (var line in Lines(intake))
        {
            say(line);
        }
    }

    private static IEnumerable<string> Lines(Intake intake) =>
    [
        $"{intake.Origin}: {Number(intake.Train + intake.Test)} images are taken",
        $"  parts: {Number(intake.Train)} training and {Number(intake.Test)} test images, {intake.Reading.Parts}",
        $"  classes: {Classes(intake.Classes, intake.Reading.Labels)}",
        .. Missing(intake.Classes, "training", count => count.Train),
        .. Missing(intake.Classes, "test", count => count.Test),
        .. intake.Reading.LeftOut.Select(left => $"  {left}"),
    ];

    private static string Classes(IReadOnlyList<ClassCount> classes, string by)
    {
        if (classes.Count == 0)
        {
            return "none";
        }

        var first = $"{Number(classes.Count)}{(by.Length > 0 ? $" {by}" : "")}: {string.Join(", ", classes.Take(Named).Select(Of))}";
        return classes.Count <= Named
            ? first
            : $"{first}, …; the smallest is {Of(classes.MinBy(count => count.All)!)}, the largest {Of(classes.MaxBy(count => count.All)!)}";
    }

    private static IEnumerable<string> Missing(IReadOnlyList<ClassCount> classes, string part, Func<ClassCount, int> images)
    {
        var none = classes.Where(count => images(count) == 0).Select(count => count.Name).ToList();
        return none.Count == 0
            ? []
            : [$"  without {part} images: {Number(none.Count)} of {Number(classes.Count)} classes, {string.Join(", ", none.Take(Named))}{(none.Count > Named ? ", …" : "")}"];
    }

    private static string Of(ClassCount count) => $"{count.Name} {Number(count.All)}";

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
