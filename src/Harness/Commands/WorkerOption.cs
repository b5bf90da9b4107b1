using System.CommandLine;

namespace Dfx.Harness.Commands;

/// <summary><c>--workers</c>: how many worker processes run at once.</summary>
internal sealed class WorkerOption
{
    internal Option<int?> Option { get; } = new("--workers")
    {
        Description = "Worker processes at once; by default the processors divided by the matrix's threads, and one for cuda.",
    };

    /// <exception cref="UsageException">It is less than 1.</exception>
    internal int Of(ParseResult parsed, MatrixSession session, string device)
    {
        var chosen = parsed.GetValue(Option);
        if (chosen < 1)
        {
            throw new UsageException($"--workers must be at least 1, not {chosen}");
        }

        return chosen ?? (device == "cpu" ? Math.Max(1, Environment.ProcessorCount / session.Matrix.Sampling.Threads) : 1);
    }
}
