using System.ComponentModel;
using Dfx.Sdk;

namespace Dfx.TestPlugins.Misreturns;

/// <summary>What is wrong with a model.</summary>
public enum ModelFault
{
    /// <summary>It estimates one image for the whole batch, which would broadcast.</summary>
    OneEstimate,

    /// <summary>It starts from fewer images than it was asked for.</summary>
    ShortPrior,
}

/// <summary>What <c>test-misreturning-model</c> takes.</summary>
public sealed record ModelFaultOptions([Description("What is wrong with the model.")] ModelFault Fault = ModelFault.OneEstimate);

/// <summary>A method whose model returns what does not fit its input.</summary>
[Method("test-misreturning-model", "Misreturning model")]
public sealed class MisreturningMethod(ModelFaultOptions options) : TrivialMethod<IDenoiser>
{
    protected override IDenoiser Model(ModelContext context) => new Misreturning(context.Data.Shape, options.Fault);

    private sealed class Misreturning(DataShape shape, ModelFault fault) : TrivialDenoiser(shape)
    {
        public override torch.Tensor Denoise(torch.Tensor x, torch.Tensor sigma, Condition? condition = null)
        {
            using var scope = torch.NewDisposeScope();
            var estimate = base.Denoise(x, sigma, condition);
            return (fault == ModelFault.OneEstimate ? estimate.narrow(0, 0, 1).clone() : estimate).MoveToOuterDisposeScope();
        }

        public override torch.Tensor Prior(double level, SampleNoise noise)
        {
            using var scope = torch.NewDisposeScope();
            var start = base.Prior(level, noise);
            return (fault == ModelFault.ShortPrior ? start.narrow(0, 0, 1).clone() : start).MoveToOuterDisposeScope();
        }
    }
}
