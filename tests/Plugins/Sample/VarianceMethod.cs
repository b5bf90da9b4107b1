using Dfx.Sdk;

namespace Dfx.TestPlugins.Sample;

/// <summary>As <see cref="AffineMethod"/>, and its model says how uncertain it is.</summary>
[Method("test-variance", "Affine with variance")]
public sealed class VarianceMethod : IMethod<IVarianceDenoiser>
{
    public IVarianceDenoiser Train(TrainingContext context) =>
        Moments.Train(context, (mean, variance) => UncertainGaussian.From(mean, variance, context.Model));

    public IVarianceDenoiser Load(Checkpoint checkpoint, ModelContext context) =>
        UncertainGaussian.From(checkpoint.Tensors["mean"], checkpoint.Tensors["variance"], context);
}
