using System.CommandLine;

namespace Dfx.Harness.Commands;

/// <summary><c>--workers</c>: how many worker processes run at once.</summary>
internal sealed class WorkerOption
{
    internal Option<int?> Option { get; } = new("--workers")
    {
        Description = "Worker processes at once; with GPUs, on each of them. By default one a GPU, and on the CPU the processors divided by the matrix's threads.",
    };

    /// <exception cref="UsageException">It is less than 1.</exception>
    internal int Of(ParseResult parsed, MatrixSession session)
    {
        var chosen = parsed.GetValue(Option);
        if (chosen < 1)
        {
            throw new UsageException($"--workers must be at least 1, not {chosen}");
        }

        return session.Device.Workers(chosen, session.Matrix.Sampling.Threads, Environment.ProcessorCount);
    }
}
