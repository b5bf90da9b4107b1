using Dfx.Harness.Checking.Tiny;
using Dfx.Sdk;

namespace Dfx.Harness.Checking.Kinds;

/// <summary>What the contract asks of the networks of models and corrections, so that evaluations are counted right.</summary>
internal static class NetworkChecks
{
    private const int Rows = 3;

    /// <summary>Looks at a model whose networks report.</summary>
    internal static void OfModel(ITrainedModel model, Reports reports)
    {
        using var scope = torch.NewDisposeScope();
        foreach (var network in model.Networks.Where(n => n is { Reports: true, Role: NetworkRole.Main }))
        {
            var most = Probe.Levels(model).Max(level => reports.RowsOf(network, () => _ = Probe.Evaluate(model, Probe.State(model, level, Rows), level))) / (double)Rows;
            Expect.That(
                most == 0 || most == network.EvaluationsPerCall,
                $"a call of the model evaluates '{network.Name}' {most:0.##} times an image; its card says {network.EvaluationsPerCall}");
        }

        if (model is IVarianceDenoiser uncertain)
        {
            var level = Probe.Levels(model)[0];
            var x = Probe.State(model, level, Rows);
            _ = uncertain.DenoiseWithVariance(x, Probe.Fill(x, level));
        }

        _ = model.Prior(Probe.Levels(model)[^1], Bench.Noise(Rows));
        RefuseUnlisted(reports, model.Networks);
        NoteDeclared(model.Networks);
    }

    /// <summary>Looks at a correction whose network reports.</summary>
    /// <param name="network">The card that it shows.</param>
    /// <param name="reports">What its networks reported while it was applied.</param>
    internal static void OfCorrection(NetworkCard? network, Reports reports)
    {
        IReadOnlyList<NetworkCard> shown = network is null ? [] : [network];
        if (shown.Count == 0 || !reports.Networks.Any(shown[0].IsSameNetwork))
        {
            RefuseUnlisted(reports, shown);
        }

        NoteDeclared(shown);
    }

    private static void RefuseUnlisted(Reports reports, IReadOnlyList<NetworkCard> listed)
    {
        var unlisted = reports.Networks.FirstOrDefault(n => !listed.Any(n.IsSameNetwork));
        Expect.That(unlisted is null, $"the network '{unlisted?.Name}' runs, and is not among the networks that are named: {(listed.Count == 0 ? "none" : string.Join(", ", listed.Select(n => n.Name)))}");
    }

    private static void NoteDeclared(IReadOnlyList<NetworkCard> networks)
    {
        if (networks.FirstOrDefault(n => n is { Reports: false, Parameters: > 0 }) is { } silent)
        {
            throw new NothingToCheckException(
                $"'{silent.Name}' does not report its evaluations, so cells will say that they are declared; networks of UNets.For report, and others may tell ModelContext.Meter");
        }
    }
}
