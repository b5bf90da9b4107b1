using DescriptionAttribute = System.ComponentModel.DescriptionAttribute;
using RangeAttribute = System.ComponentModel.DataAnnotations.RangeAttribute;

namespace Dfx.TestPlugins.Sample;

/// <summary>What <c>test-rollout</c> takes.</summary>
public sealed record RolloutOptions(
    [Description("Steps of the schedule.")][Range(21, 1000)] int Steps = 25,
    [Description("Steps that a row of the pool goes down before it is drawn anew.")][Range(1, 1000)] int Rollout = 2,
    [Description("Updates of the second network a step.")][Range(1, 100)] int Inner = 2,
    [Description("Epochs of the second network.")][Range(0.0, 1e6)] double Epochs = 0.5);

/// <summary>
/// A denoiser that is trained along trajectories of its own, whose errors a second network compensates (Lu et al. 2024, section 3, in small): two
/// networks, a pool of images on their way, and a second network that is frozen after some epochs.
/// </summary>
[Method("test-rollout", "Rollout", Paper = "Lu et al., ECCV 2024")]
public sealed class RolloutMethod(RolloutOptions options) : IMethod<IDenoiser>
{
    private readonly DdpmProcess _process = new(DiscreteSchedule.Scaled(options.Steps));

    public IDenoiser Train(TrainingContext context)
    {
        var model = context.Model;
        using var main = UNets.For(model);
        var inputs = NetworkSignature.Of(model) with { Condition = model.Data.Shape.Channels };
        using var module = UNets.For(model with { Network = UNets.Light(4) }, inputs, "module");
        using var pool = new RolloutPool(context, _process, options.Rollout);
        var plan = new TrainingPlan
        {
            Trainees =
            [
                new("main", main, batch => pool.NoiseLoss(batch, main)),
                new("module", module, batch => pool.TermLoss(batch, module)) { Averaged = false, Updates = options.Inner, FrozenFromEpoch = options.Epochs },
            ],
            State = pool.State,
            Before = pool.Refill,
            After = batch => pool.Advance(batch, module),
            Drawn = () => pool.Drawn,
        };
        return TrainingLoop.Run(context, plan, weights => Load(weights.Under("main/"), model));
    }

    public IDenoiser Load(Checkpoint checkpoint, ModelContext context) => PreconditionedDenoiser.Load(checkpoint, context, _process);
}
