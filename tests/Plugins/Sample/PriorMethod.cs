using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Dfx.Sdk;

namespace Dfx.TestPlugins.Sample;

/// <summary>What <c>test-prior</c> takes.</summary>
public sealed record PriorOptions(
    [Description("What the variance is multiplied by.")][Range(0.01, 100.0)] double Spread = 1,
    [Inference][Description("What draws of the prior are multiplied by.")][Range(0.01, 100.0)] double Prior = 1);

/// <summary>As <see cref="AffineMethod"/>, with a prior of any width: one training serves them all.</summary>
[Method("test-prior", "Affine with a prior")]
public sealed class PriorMethod(PriorOptions options) : IMethod<IDenoiser>, IUseCheck
{
    private const double Widest = 50;

    public IDenoiser Train(TrainingContext context) =>
        Moments.Train(context, (mean, variance) => Make(mean, variance * options.Spread, context.Model));

    public IDenoiser Load(Checkpoint checkpoint, ModelContext context) => Make(checkpoint.Tensors["mean"], checkpoint.Tensors["variance"], context);

    public void CheckUse(ModelContext context)
    {
        if (options.Prior == 100)
        {
            throw new NotApplicableException("prior is 100, which has no meaning here.");
        }

        if (options.Prior > Widest)
        {
            throw new ArgumentException($"prior is {options.Prior}; it is at most {Widest} for images of {context.Data.Shape.Height} pixels.");
        }
    }

    private WideGaussian Make(torch.Tensor mean, torch.Tensor variance, ModelContext context) =>
        new(GaussianDenoiser.Copy(mean, context), GaussianDenoiser.Copy(variance, context), context.Data.Shape, options.Prior);

    private sealed class WideGaussian(torch.Tensor mean, torch.Tensor variance, DataShape shape, double width) : GaussianDenoiser(mean, variance, shape)
    {
        public override torch.Tensor Prior(double level, SampleNoise noise) => base.Prior(level * width, noise);
    }
}
