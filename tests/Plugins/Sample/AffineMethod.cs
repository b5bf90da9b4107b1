using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Dfx.Sdk;

namespace Dfx.TestPlugins.Sample;

/// <summary>What <c>test-affine</c> takes.</summary>
public sealed record AffineOptions(
    [Description("What the variance is multiplied by.")][Range(0.01, 100.0)] double Spread = 1);

/// <summary>Fits a Gaussian to every pixel; its denoiser is affine in x.</summary>
[Method("test-affine", "Affine", Paper = "Wiener, 1949")]
public sealed class AffineMethod(AffineOptions options) : IMethod<IDenoiser>, IScheduledMethod
{
    public INoiseSchedule Schedule { get; } = new LinearSchedule();

    public IDenoiser Train(TrainingContext context) =>
        Moments.Train(context, (mean, variance) => GaussianDenoiser.From(mean, variance * options.Spread, context.Model));

    public IDenoiser Load(Checkpoint checkpoint, ModelContext context) =>
        GaussianDenoiser.From(checkpoint.Tensors["mean"], checkpoint.Tensors["variance"], context);
}
