namespace Dfx.Baselines;

/// <summary>
/// Integrates every row from one place to another with steps of its own length. A row that has arrived is not evaluated any more.
/// </summary>
/// <param name="Scheme">The one-step method.</param>
/// <param name="End">The place that all rows go to.</param>
/// <param name="Cancellation">Looked at before every try.</param>
internal sealed record AdaptiveRun(IAdaptiveScheme Scheme, double End, CancellationToken Cancellation)
{
    /// <summary>The states at the end, a new tensor like <paramref name="start"/>.</summary>
    /// <param name="start">The states at the start.</param>
    /// <param name="memory">What the scheme remembers at the start.</param>
    /// <param name="from">Where they are.</param>
    /// <param name="steps">The length of each row's first step.</param>
    /// <exception cref="DivergedException">An error is not a number, or a step became too short to move.</exception>
    internal torch.Tensor Solve(torch.Tensor start, torch.Tensor memory, double from, double[] steps)
    {
        using var scope = torch.NewDisposeScope();
        var result = start.clone();
        long[] index = [.. Enumerable.Range(0, steps.Length)];
        var rows = new AdaptiveRows(index, [.. steps.Select(_ => from)], steps, new bool[steps.Length], start.clone(), memory.clone());
        while (rows.Index.Length > 0)
        {
            Cancellation.ThrowIfCancellationRequested();
            using var old = rows;
            rows = Advance(rows, result);
        }

        rows.Dispose();
        return scope.MoveToOuter(result);
    }

    // One try of every row. Those that arrive are written to the result.
    private AdaptiveRows Advance(AdaptiveRows rows, torch.Tensor result)
    {
        using var scope = torch.NewDisposeScope();
        var to = rows.At.Zip(rows.Steps, Toward).ToArray();
        var (x, memory, errors) = Scheme.Try(rows.X, rows.Memory, rows.At, to);
        var accepted = errors.Select(Accepts).ToArray();
        var mask = torch.tensor(accepted, device: x.device).view(-1, 1, 1, 1);
        var after = rows with
        {
            At = [.. to.Select((t, i) => accepted[i] ? t : rows.At[i])],
            Steps = [.. to.Select((t, i) => Scheme.Next(Math.Abs(t - rows.At[i]), errors[i], rows.Retried[i]))],
            Retried = [.. accepted.Select(a => !a)],
            X = torch.where(mask, x, rows.X),
            Memory = torch.where(mask, memory, rows.Memory),
        };
        var left = after.Select(Going(after, accepted, result));
        scope.MoveToOuter(left.X);
        scope.MoveToOuter(left.Memory);
        return left;
    }

    private bool Accepts(double error) => double.IsFinite(error)
        ? Scheme.Accepts(error)
        : throw new DivergedException($"The error of a step is {error}.");

    // The rows that have not arrived.
    private int[] Going(AdaptiveRows rows, bool[] accepted, torch.Tensor result)
    {
        var all = Enumerable.Range(0, accepted.Length).ToLookup(i => accepted[i] && Scheme.Arrived(rows.At[i]));
        if (all[true].Any())
        {
            var done = rows.Select([.. all[true]]);
            result.index_copy_(0, torch.tensor(done.Index, torch.ScalarType.Int64, result.device), done.X);
        }

        return [.. all[false]];
    }

    private double Toward(double at, double step)
    {
        var next = at + (Math.Sign(End - at) * step);
        return next == at ? throw new DivergedException($"The step size fell to {step} at {at}.")
            : (End - at) * (End - next) <= 0 ? End : next;
    }
}
