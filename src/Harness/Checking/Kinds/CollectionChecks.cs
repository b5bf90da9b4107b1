using Dfx.Harness.Execution.Worker;

namespace Dfx.Harness.Checking.Kinds;

/// <summary>What the contract asks of a correction that collects of its source before it is trained.</summary>
internal static class CollectionChecks
{
    internal static IReadOnlyList<Check> Of(CorrectionTrial trial) =>
    [
        new(
            "collects",
            "Collect adds finite parts that match one another, and trains can follow on a collection of a few parts",
            "add the same named columns in every part, and take the number of rows from the collection",
            () => Collects(trial), Needed: true),
        new(
            "same collection",
            "two collections of one seed are equal, also if one was interrupted between two parts",
            "take the number of the next part from Host.Parts, and let a part depend on its number, the seed, the source and [Collects] options alone",
            () => SameCollection(trial)),
        new(
            "collection stops",
            "a token that asks to stop ends Collect before another part is added",
            "call Cancellation.ThrowIfCancellationRequested() before every part",
            () => Expect.That(trial.Collect(trial.Folder(), 0) == 0, $"Collect added a part after the token asked to stop")),
        new(
            "collection tensors",
            "no tensor outlives a collection, and a part leaves none behind",
            "open a dispose scope every part",
            () => Leaks.Refuse(parts => trial.Collect(trial.Folder(), parts), 1, CorrectionTrial.Parts)),
    ];

    private static void Collects(CorrectionTrial trial)
    {
        var parts = trial.Collect(trial.Folder(), CorrectionTrial.Parts);
        Expect.That(parts > 0, $"Collect added no part");
        Expect.That(parts <= CorrectionTrial.Parts, $"Collect added {parts} parts, though the token asked to stop after {CorrectionTrial.Parts}");
    }

    private static void SameCollection(CorrectionTrial trial)
    {
        var whole = trial.Folder();
        var parts = trial.Collect(whole, CorrectionTrial.Parts);
        foreach (var first in (int[])[1, parts])
        {
            var files = trial.Folder();
            trial.Collect(files, first);
            trial.Collect(files, CorrectionTrial.Parts);
            RefuseDifference(whole, files, parts, first == parts ? "two collections" : "a collection and one that went on after its first part");
        }
    }

    private static void RefuseDifference(CollectionFiles one, CollectionFiles other, int parts, string what)
    {
        using var scope = torch.NewDisposeScope();
        using var rows = one.Open(parts);
        using var others = other.Open(parts);
        Expect.That(rows.Rows == others.Rows, $"{what} have {rows.Rows} and {others.Rows} rows");
        foreach (var name in rows.Names)
        {
            Expect.That(Tensors.Bits(rows.Column(name)) == Tensors.Bits(others.Column(name)), $"{what} differ in {name}");
        }
    }
}
