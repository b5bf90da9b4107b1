using System.Globalization;
using Dfx.Harness.Execution.Models;
using Dfx.Numerics.Files;
using Dfx.Sdk;

namespace Dfx.Harness.Execution.Worker;

/// <summary>The files of a collection: parts of rows, numbered from 0, each with what all of them until then took.</summary>
internal sealed class CollectionFiles(string folder)
{
    private const string Before = "part-";
    private const string After = ".safetensors";

    /// <summary>The fact of parts that tells what was evaluated until then.</summary>
    private const string CountsFact = "dfx-evaluations";

    /// <summary>The name of a part's file.</summary>
    internal static string Name(int part) => string.Create(CultureInfo.InvariantCulture, $"{Before}{part:00000}{After}");

    internal void Write(int part, IReadOnlyDictionary<string, torch.Tensor> columns, double seconds, EvaluationCounts counts)
    {
        Links.MakeFolder(Path.GetDirectoryName(folder)!, folder);
        Safetensors.SaveSealed(PathOf(part), columns, new Dictionary<string, string>
        {
            [TrainingFiles.SecondsFact] = seconds.ToString(CultureInfo.InvariantCulture),
            [CountsFact] = counts.Text,
        });
    }

    /// <summary>The parts from the first one on that are whole and match one another, with what they took. What lies behind them is removed.</summary>
    internal (int Parts, double Seconds, EvaluationCounts Counts) GoOn()
    {
        var (parts, seconds, counts) = (0, 0.0, EvaluationCounts.None);
        while (Took(parts) is { } took)
        {
            (parts, seconds, counts) = (parts + 1, took.Seconds, took.Counts);
        }

        foreach (var path in Numbered(parts))
        {
            File.Delete(path);
        }

        return (parts, seconds, counts);
    }

    /// <summary>Dtype and shape of a row of every column of a part, by name.</summary>
    internal static SortedDictionary<string, string> ColumnsOf(IReadOnlyDictionary<string, torch.Tensor> part) =>
        new(part.ToDictionary(column => column.Key, column => Words(column.Value)), StringComparer.Ordinal);

    /// <summary>The same of the first part.</summary>
    internal SortedDictionary<string, string> Columns()
    {
        using var scope = torch.NewDisposeScope();
        using var rows = Rows(1);
        return ColumnsOf(rows.Names.ToDictionary(name => name, name => rows.Read(name, []), StringComparer.Ordinal));
    }

    /// <summary>All rows of a finished collection.</summary>
    /// <param name="parts">How many parts it has.</param>
    /// <exception cref="IOException">A part is missing or cannot be read.</exception>
    /// <exception cref="TensorFileException">A part is damaged.</exception>
    internal Collection Open(int parts)
    {
        foreach (var part in Enumerable.Range(0, parts))
        {
            Safetensors.Verify(PathOf(part));
        }

        return new(Rows(parts), parts == 0 ? EvaluationCounts.None : Facts(parts - 1)?.Counts);
    }

    private SafetensorsRows Rows(int parts) => SafetensorsRows.Open(Enumerable.Range(0, parts).Select(PathOf));

    /// <summary>What the parts until this one took; null if it is not there, damaged, or unlike the first one.</summary>
    private (double Seconds, EvaluationCounts Counts)? Took(int part)
    {
        if (!File.Exists(PathOf(part)))
        {
            return null;
        }

        try
        {
            Safetensors.Verify(PathOf(part));
            SafetensorsRows.Open([PathOf(0), PathOf(part)]).Dispose();
        }
        catch (TensorFileException)
        {
            return null;
        }

        return Facts(part);
    }

    /// <summary>What the parts until a whole one took; null if it does not tell.</summary>
    private (double Seconds, EvaluationCounts Counts)? Facts(int part)
    {
        try
        {
            using var file = SafetensorsFile.Open(PathOf(part));
            return (double.Parse(file.Metadata[TrainingFiles.SecondsFact], CultureInfo.InvariantCulture), EvaluationCounts.Parse(file.Metadata[CountsFact]));
        }
        catch (Exception e) when (e is TensorFileException or KeyNotFoundException or FormatException)
        {
            return null;
        }
    }

    private IEnumerable<string> Numbered(int from) => !Directory.Exists(folder) ? [] : Directory.EnumerateFiles(folder, $"{Before}*{After}")
        .Where(path => int.TryParse(Path.GetFileName(path)[Before.Length..^After.Length], NumberStyles.None, CultureInfo.InvariantCulture, out var part) && part >= from);

    private static string Words(torch.Tensor column) => $"{column.dtype} [{string.Join(", ", column.shape[1..])}]";

    private string PathOf(int part) => Path.Combine(folder, Name(part));
}

/// <summary>A finished collection on disk.</summary>
/// <param name="rows">Its files.</param>
/// <param name="counts">What was evaluated to make it; null if its files do not tell.</param>
internal sealed class Collection(SafetensorsRows rows, EvaluationCounts? counts) : ICollectedRows, IDisposable
{
    public long Rows => rows.Rows;

    internal IReadOnlyList<string> Names => rows.Names;

    /// <summary>What whoever learns from it has to thank others for: nobody was trained for it.</summary>
    internal TrainingCost Cost => new(0, counts?.MultiplyAdds);

    public torch.Tensor Column(string name) => rows.Column(name);

    public torch.Tensor Read(string name, ReadOnlySpan<long> wanted) => rows.Read(name, wanted);

    public void Dispose() => rows.Dispose();
}
