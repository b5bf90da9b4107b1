using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Dfx.Sdk;

namespace Dfx.TestPlugins.Sample;

/// <summary>What <c>test-blur</c> takes.</summary>
public sealed record BlurOptions(
    [Description("The noise at t = 1.")][Range(0.0, 10.0, MinimumIsExclusive = true)] double Sigma = 0.5);

/// <summary>Fits a Gaussian, and restores from a blur.</summary>
[Method("test-blur", "Fade to average")]
public sealed class BlurMethod(BlurOptions options) : IMethod<ICorruptionModel>
{
    public ICorruptionModel Train(TrainingContext context) =>
        Moments.Train(context, (mean, variance) => Model(mean, variance.mean(), context.Model));

    public ICorruptionModel Load(Checkpoint checkpoint, ModelContext context) =>
        Model(checkpoint.Tensors["mean"], checkpoint.Tensors["variance"], context);

    private FadedGaussian Model(torch.Tensor mean, torch.Tensor variance, ModelContext context) =>
        new(GaussianDenoiser.Copy(mean, context), GaussianDenoiser.Copy(variance, context), options.Sigma, context.Data.Shape);
}
