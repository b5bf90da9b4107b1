using System.Globalization;
using Dfx.Sdk;

namespace Dfx.Harness.Execution.Models;

/// <summary>
/// Counts the evaluations of a batch where networks run, and stops who goes beyond the budget. Networks that do not report count by what their cards
/// declare, at every call of the wrapped model.
/// </summary>
/// <param name="budget">Evaluations of main networks an image.</param>
/// <param name="images">Images in the batch.</param>
/// <param name="networks">The model's networks.</param>
/// <param name="cancellation">Looked at before every evaluation.</param>
internal sealed class EvaluationMeter(int budget, int images, IReadOnlyList<NetworkCard> networks, CancellationToken cancellation)
{
    private const string Sampler = "the sampler";

    private readonly List<(string Who, long Rows)> _main = [];
    private string _who = Sampler;
    private int _budget = budget;
    private bool _isOver;

    /// <summary>The noise levels of the calls; null if nobody asks for them, since on a GPU reading one waits for it.</summary>
    internal ISet<double>? Levels { get; init; }

    /// <summary>Evaluations of main networks an image so far.</summary>
    internal double Main => (double)Counts.Main / images;

    /// <summary>Evaluations of second networks an image so far.</summary>
    internal double Auxiliary => (double)Counts.Auxiliary / images;

    /// <summary>What was counted, over all images of the batch.</summary>
    internal EvaluationCounts Counts { get; private set; } = EvaluationCounts.None;

    /// <summary>Evaluations of main networks that a call of a model takes, at least 1.</summary>
    internal static int OfCall(IReadOnlyList<NetworkCard> networks) => Math.Max(1, networks.Where(n => n.Role == NetworkRole.Main).Sum(n => n.EvaluationsPerCall));

    /// <summary>Runs a part of the batch, which is named where it asks for too much.</summary>
    internal T As<T>(string who, Func<T> part)
    {
        var before = _who;
        _who = who;
        try
        {
            return part();
        }
        finally
        {
            _who = before;
        }
    }

    /// <summary>Takes no more calls: the batch has ended, and what a plugin kept of it would go uncounted in another one.</summary>
    internal void End() => _isOver = true;

    /// <summary>Counts what a network reports, before it runs.</summary>
    /// <exception cref="InvalidOperationException">The call goes beyond the budget.</exception>
    internal void Count(NetworkCall call)
    {
        cancellation.ThrowIfCancellationRequested();
        Add(call.Network, call.Rows, call.Owner == NetworkOwner.Correction ? null : RoleOf(call.Network));
    }

    /// <summary>Calls a denoiser at a noise level; a batch's rows have one level as a rule, and the first row's is taken.</summary>
    /// <inheritdoc cref="Call{T}(long, Func{T})"/>
    internal T Call<T>(long rows, torch.Tensor sigma, Func<T> evaluate)
    {
        if (Levels is not null)
        {
            using var first = sigma[0].@double();
            Levels.Add(first.ToDouble());
        }

        return Call(rows, evaluate);
    }

    /// <summary>Calls the model.</summary>
    /// <param name="rows">The images of the call.</param>
    /// <param name="evaluate">The call.</param>
    /// <exception cref="InvalidOperationException">The call goes beyond the budget, or the batch has ended.</exception>
    internal T Call<T>(long rows, Func<T> evaluate)
    {
        if (_isOver)
        {
            throw new InvalidOperationException("the model of another batch was called: what is evaluated with it goes uncounted; a sampler calls the model that it is handed");
        }

        cancellation.ThrowIfCancellationRequested();
        foreach (var silent in networks.Where(n => !n.Reports))
        {
            Declare(silent, rows);
        }

        var before = Counts.Main;
        var result = evaluate();
        if (Counts.Main == before)
        {
            // Something else did the work, or nothing had to be done. Nobody can tell, so the call counts as the cards say.
            foreach (var main in networks.Where(n => n is { Reports: true, Role: NetworkRole.Main }))
            {
                Declare(main, rows);
            }
        }

        return result;
    }

    /// <summary>
    /// Applies a correction, whose network counts as declared if it does not report. It may ask the model for what the sampler left of the budget, and for one call
    /// even if nothing is left: networks of corrections are evaluated beside the budget too.
    /// </summary>
    internal torch.Tensor Correct(NetworkCard? network, Func<torch.Tensor> apply)
    {
        _budget = Math.Max(_budget, (int)Math.Ceiling(Main) + OfCall(networks));
        var before = Counts.Correction;
        var corrected = As("the correction", apply);
        if (network is not null && Counts.Correction == before)
        {
            Counts = Counts with { Declared = true };
            Add(network, (long)images * network.EvaluationsPerCall, null);
        }

        return corrected;
    }

    private void Declare(NetworkCard network, long rows)
    {
        Counts = Counts with { Declared = true };
        Add(network, rows * network.EvaluationsPerCall, network.Role);
    }

    // Without a role it is the correction's.
    private void Add(NetworkCard network, long rows, NetworkRole? role)
    {
        Counts = Counts.Plus(network, rows, role);
        if (role == NetworkRole.Main)
        {
            Spend(rows);
        }
    }

    private void Spend(long rows)
    {
        var mine = _main.FindIndex(part => part.Who == _who);
        if (mine < 0)
        {
            mine = _main.Count;
            _main.Add((_who, 0));
        }

        _main[mine] = (_who, _main[mine].Rows + rows);
        if (Counts.Main > (long)_budget * images)
        {
            var others = _main.Where(part => part.Who != _who).Select(part => $"{AnImage(part.Rows)} of {part.Who}").ToList();
            var beside = others.Count == 0 ? "" : $" beside {string.Join(" and ", others)}";
            throw new InvalidOperationException(string.Create(
                CultureInfo.InvariantCulture, $"{_who} asked for {AnImage(_main[mine].Rows)} network evaluations an image{beside}; its budget is {_budget}"));
        }
    }

    private string AnImage(long rows) => string.Create(CultureInfo.InvariantCulture, $"{(double)rows / images:0.##}");

    /// <summary>What the model's card of the network says; a network that it does not list is what its own card says.</summary>
    private NetworkRole RoleOf(NetworkCard network) => networks.FirstOrDefault(n => n.IsSameNetwork(network))?.Role ?? network.Role;
}
