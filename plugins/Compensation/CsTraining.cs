namespace Dfx.Compensation;

/// <summary>How a main network and, if the term is learned, a module beside it are trained along rollouts, whatever the process.</summary>
/// <param name="Term">What is added to a step.</param>
/// <param name="ModuleEpochs">How many epochs of drawn images the module is trained.</param>
/// <param name="Inner">Its updates for each of the main network.</param>
/// <param name="ClipX0">Whether estimates of x0 are clipped.</param>
internal sealed record CsTraining(CsTerm Term, double ModuleEpochs = 1, int Inner = 1, bool ClipX0 = false)
{
    /// <summary>What the module sees.</summary>
    internal CsInput Input { get; init; } = CsInput.Eps;

    /// <summary>What its output is.</summary>
    internal CsHead Head { get; init; } = CsHead.Noise;

    /// <summary>Its channels, or null.</summary>
    internal int? Width { get; init; }

    /// <summary>Runs the training.</summary>
    /// <param name="context">The run, with what the networks see beside the images as a part of its task.</param>
    /// <param name="pools">The rows.</param>
    /// <param name="process">What labels noise levels for both networks.</param>
    /// <param name="estimate">The main network's loss and noise of rows.</param>
    /// <param name="load">Makes the model of the weights, which it copies: those of several trainees if there is a module.</param>
    internal IDenoiser Run(
        TrainingContext context, IRolloutPools pools, IProcess process, Func<UNet, RolloutRows, RolloutEstimate> estimate, Func<Checkpoint, IDenoiser> load)
    {
        using var main = UNets.For(context.Model);
        using var second = Term == CsTerm.Learned ? CsModule.Build(context.Model, Input, Width) : null;
        var module = second is null ? null : new CsModule(second, process, Input, Head);
        return TrainingLoop.Run(context, new CsRollout(pools, rows => estimate(main, rows), module, this).Plan(main), load);
    }
}
