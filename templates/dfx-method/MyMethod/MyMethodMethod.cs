using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace MyMethod;

/// <summary>What a matrix may write behind <c>with</c>.</summary>
public sealed record MyMethodOptions(
    [Description("The exponent of sigma in the loss weight; 0 is EDM's weight.")][Range(-4.0, 4.0)] double Power = 0.5);

/// <summary>Denoising score matching with EDM's noise levels and preconditioning, and another loss weight: the place where your method begins.</summary>
[Method("my-method", "My method", Paper = "Who, where, year")]
public sealed class MyMethodMethod(MyMethodOptions options) : IMethod<IDenoiser>
{
    private readonly WeightedProcess _process = new(new EdmProcess(), options.Power);

    /// <inheritdoc/>
    public IDenoiser Train(TrainingContext context)
    {
        using var network = UNets.For(context.Model);
        return TrainingLoop.Run(
            context, network, batch => ScoreMatching.Loss(_process, network, batch), weights => Load(weights, context.Model));
    }

    /// <inheritdoc/>
    public IDenoiser Load(Checkpoint checkpoint, ModelContext context) => PreconditionedDenoiser.Load(checkpoint, context, _process);
}

/// <summary>A process whose loss weight is multiplied by sigma^power.</summary>
/// <param name="Plain">The process.</param>
/// <param name="Power">The exponent.</param>
public sealed record WeightedProcess(IProcess Plain, double Power) : IProcess
{
    /// <inheritdoc/>
    public INoiseSchedule Schedule => Plain.Schedule;

    /// <inheritdoc/>
    public Coefficients Precondition(torch.Tensor sigma) => Plain.Precondition(sigma);

    /// <inheritdoc/>
    public torch.Tensor TrainingSigmas(StepNoise noise, long step, int count) => Plain.TrainingSigmas(noise, step, count);

    /// <summary>Of (D - x0)², one number for each sigma.</summary>
    public torch.Tensor Weight(torch.Tensor sigma)
    {
        using var scope = torch.NewDisposeScope();
        return (Plain.Weight(sigma) * sigma.pow(Power)).MoveToOuterDisposeScope();
    }
}
