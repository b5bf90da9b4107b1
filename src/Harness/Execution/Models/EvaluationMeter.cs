using System.Globalization;
using Dfx.Sdk;

namespace Dfx.Harness.Execution.Models;

/// <summary>Counts how many images went through the model, and stops a sampler that goes beyond its budget.</summary>
/// <param name="budget">Evaluations of the main network an image.</param>
/// <param name="images">Images in the batch.</param>
/// <param name="networks">The model's networks.</param>
/// <param name="cancellation">Looked at before every evaluation.</param>
internal sealed class EvaluationMeter(int budget, int images, IReadOnlyList<NetworkCard> networks, CancellationToken cancellation)
{
    private readonly int _main = Sum(networks, NetworkRole.Main);
    private readonly int _auxiliary = Sum(networks, NetworkRole.Auxiliary);
    private long _rows;

    /// <summary>Evaluations of the main network an image so far.</summary>
    internal double Main => (double)_rows * _main / images;

    /// <summary>Evaluations of second networks an image so far.</summary>
    internal double Auxiliary => (double)_rows * _auxiliary / images;

    /// <summary>Counts a call of the model before it happens.</summary>
    /// <param name="rows">The images of the call.</param>
    /// <exception cref="InvalidOperationException">The call goes beyond the budget.</exception>
    internal void Count(long rows)
    {
        cancellation.ThrowIfCancellationRequested();
        _rows += rows;
        if (_rows * _main > (long)budget * images)
        {
            throw new InvalidOperationException(string.Create(
                CultureInfo.InvariantCulture, $"the sampler asked for {Main:0.##} network evaluations an image; its budget is {budget}"));
        }
    }

    private static int Sum(IReadOnlyList<NetworkCard> networks, NetworkRole role) =>
        networks.Where(n => n.Role == role).Sum(n => n.EvaluationsPerCall);
}
