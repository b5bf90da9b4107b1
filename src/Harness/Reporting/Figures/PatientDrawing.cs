using System.Collections.Concurrent;

namespace Dfx.Harness.Reporting.Figures;

/// <summary>
/// Draws on all cores and waits for as long as something comes of it. A drawing that hangs cannot be ended within this process, only left: all that hang cost
/// one wait, and the thread of each ends with the process.
/// </summary>
internal static class PatientDrawing
{
    /// <summary>Draws each item.</summary>
    /// <param name="items">What is to be drawn.</param>
    /// <param name="draw">Draws one; why it could not, or null. It throws nothing.</param>
    /// <param name="patience">How long may pass without any being finished.</param>
    /// <returns>What was said of those that were finished, in their order, and the others, which are left.</returns>
    internal static (IReadOnlyList<string> Problems, IReadOnlyList<T> Left) All<T>(IReadOnlyList<T> items, Func<T, string?> draw, TimeSpan patience)
    {
        // Neither is disposed: a thread that was left may still come to its end.
        var (finished, leave) = (new BlockingCollection<(int Index, string? Problem)>(), new CancellationTokenSource());
        var next = -1;
        for (var i = 0; i < Math.Min(items.Count, Environment.ProcessorCount); i++)
        {
            new Thread(Work) { IsBackground = true, Name = "drawing" }.Start();
        }

        var problems = new SortedDictionary<int, string?>();
        while (problems.Count < items.Count && finished.TryTake(out var one, patience))
        {
            problems.Add(one.Index, one.Problem);
        }

        leave.Cancel();
        return ([.. problems.Values.OfType<string>()], [.. items.Where((_, i) => !problems.ContainsKey(i))]);

        void Work()
        {
            while (!leave.IsCancellationRequested && Interlocked.Increment(ref next) is var index && index < items.Count)
            {
                finished.Add((index, draw(items[index])));
            }
        }
    }
}
