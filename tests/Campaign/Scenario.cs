using Dfx.EndToEnd;

namespace Dfx.Campaign;

/// <summary>A matrix to be disturbed.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Plugins">What it needs.</param>
/// <param name="Text">The file, with <c>NFE</c> where its budgets stand.</param>
/// <param name="Budgets">Its budgets.</param>
/// <param name="More">The budgets that extend it.</param>
internal sealed record Scenario(string Name, IReadOnlyList<string> Plugins, string Text, string Budgets, string More)
{
    /// <summary>Cheap jobs in great number, with samples and features that are kept.</summary>
    internal static Scenario Many { get; } = new("many", ["Sample"],
        """
        name: many
        datasets: [test-shapes]
        training: { steps: 40, batch: 16, checkpoints: [0.5, 1.0] }
        methods: [test-affine, { method: test-affine, with: { spread: 2 }, name: wide }, test-variance]
        samplers: [test-euler, test-redraw]
        nfe: [NFE]
        seeds: [0, 1]
        samples: 40
        sampling-batch: 16
        threads: 1
        keep: samples
        metrics: [test-mean]
        """, "4, 9", "4, 9, 6");

    /// <summary>Networks on images, one method with two of them and a pool, trained long enough that most kills hit a training.</summary>
    internal static Scenario Networks { get; } = new("networks", ["Dfx.Baselines", "Sample"],
        """
        name: networks
        datasets: [fashion-mnist]
        network: { channels: 4, multipliers: [1, 1], blocks: 1 }
        training: { steps: 60, batch: 8, checkpoints: [0.5, 1.0] }
        methods: [{ method: dsm, with: { process: ve }, name: ve, training: { augment: 0.12 } }, { method: test-rollout, training: { accumulate: 2, evaluations: 480 } }]
        samplers: [heun]
        nfe: [NFE]
        samples: 24
        threads: 1
        metrics: [test-mean]
        """, "3, 5", "3, 5, 7");

    /// <summary>The methods of the papers: pools of references, corruptions, trajectories, collections of a correction, analyses and claims.</summary>
    internal static Scenario Papers { get; } = new("papers", ["Dfx.Baselines", "Dfx.Stf", "Dfx.Compensation", "Dfx.ResidualCorrection", "Dfx.SoftDiffusion", "Sample"],
        """
        name: papers
        datasets: [fashion-mnist]
        network: { channels: 4, multipliers: [1, 1], blocks: 1 }
        training: { steps: 24, batch: 8 }
        methods: [{ method: dsm, name: edm }, { method: stf, with: { reference-batch: 64 } }, { method: cs }]
        corrections:
          - none
          - { correction: residual, with: { size: model, pairs: 64 }, name: own, training: { steps: 12, batch: 8 }, only: { methods: edm } }
        samplers: [ddim]
        nfe: [NFE]
        samples: 24
        threads: 1
        keep: [samples, features]
        metrics: [test-mean]
        analyses: [{ analysis: levels, method: edm }]
        """, "5", "5, 7");

    /// <summary>All of them, the cheap one more often: it is as good for most disturbances.</summary>
    internal static IReadOnlyList<Scenario> All { get; } = [Many, Many, Many, Many, Networks, Papers];

    /// <summary>A folder with the plugins and the matrix.</summary>
    internal Desk Desk(bool extended = false)
    {
        var desk = new Desk().With([.. Plugins]);
        Write(desk, extended);
        return desk;
    }

    /// <summary>Writes the matrix file; its path.</summary>
    internal string Write(Desk desk, bool extended = false) => desk.Write($"{Name}.yaml", Text.Replace("NFE", extended ? More : Budgets, StringComparison.Ordinal));

    /// <summary>The results folder.</summary>
    internal string Results(Desk desk) => Path.Combine(desk.Results, Name);

    /// <summary>The arguments of a run.</summary>
    internal string[] Run(Desk desk) => ["run", Path.Combine(desk.Folder, $"{Name}.yaml"), "--plugins", desk.Plugins, "--save-every", "0.1"];
}
