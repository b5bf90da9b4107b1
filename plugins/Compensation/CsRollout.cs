namespace Dfx.Compensation;

/// <summary>What the main network makes of rows.</summary>
/// <param name="Loss">Its weighted errors, in the graph: any tensor whose mean is the loss.</param>
/// <param name="Eps">Its estimate of the noise, outside of the graph [N, C, H, W].</param>
internal sealed record RolloutEstimate(torch.Tensor Loss, torch.Tensor Eps);

/// <summary>
/// A step of training (Lu et al. 2024, algorithm 1, which is missing from the paper at hand and is reconstructed): the main network learns from the rows where they are,
/// the module learns the term of the step that they take next, and then they take it. The estimate of the noise is made once for all three.
/// </summary>
/// <param name="pools">The rows.</param>
/// <param name="estimate">The main network's loss and noise of rows.</param>
/// <param name="module">The module; null if the term is not learned.</param>
/// <param name="training">Term and pace.</param>
internal sealed class CsRollout(IRolloutPools pools, Func<RolloutRows, RolloutEstimate> estimate, CsModule? module, CsTraining training)
{
    /// <summary>The main network's name in checkpoints.</summary>
    internal const string Main = "main";

    private const string Eps = "eps";

    /// <summary>The plan of a run.</summary>
    /// <param name="main">The main network.</param>
    internal TrainingPlan Plan(UNet main) => new()
    {
        Trainees = [new(Main, main, MainLoss), .. Modules()],
        State = pools.State,
        Before = batch => pools.Of(batch).Refill(batch),
        After = batch => pools.Of(batch).Advance(batch.Kept(Eps), training.ClipX0, Term),
        Drawn = () => pools.Drawn,
    };

    /// <summary>The main network's loss, which keeps its estimate of the noise for the rest of the step.</summary>
    internal torch.Tensor MainLoss(TrainingBatch batch)
    {
        using var scope = torch.NewDisposeScope();
        var made = estimate(Rows(batch));
        batch.Keep(Eps, made.Eps);
        return scope.MoveToOuter(made.Loss);
    }

    /// <summary>|c - c*| of the module (section 3.3).</summary>
    internal torch.Tensor TermLoss(TrainingBatch batch)
    {
        using var scope = torch.NewDisposeScope();
        var (rows, eps) = (Rows(batch), batch.Kept(Eps));
        var truth = Compensation.Oracle(RolloutPool.CleanOf(rows, eps, training.ClipX0), rows.Clean, rows.Sigma, rows.Next);
        return scope.MoveToOuter((module!.Term(rows, eps) - truth).abs());
    }

    private torch.Tensor? Term(RolloutRows rows, torch.Tensor eps, torch.Tensor clean) => training.Term switch
    {
        CsTerm.Learned => module!.Term(rows, eps),
        CsTerm.Oracle => Compensation.Oracle(clean, rows.Clean, rows.Sigma, rows.Next),
        _ => null,
    };

    private Trainee[] Modules() => module is null
        ? []
        : [new(CsModule.Name, module.Network, TermLoss) { Averaged = false, Updates = training.Inner, FrozenFromEpoch = training.ModuleEpochs }];

    private RolloutRows Rows(TrainingBatch batch) => pools.Of(batch).Rows(batch.Part, batch.Whole.Count / batch.Count);
}
