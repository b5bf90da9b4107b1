using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Dfx.Sdk;

namespace Dfx.TestPlugins.Sample;

/// <summary>What <c>test-thrifty</c> takes.</summary>
public sealed record ThriftyOptions(
    [Description("The fewest evaluations that its models are good for.")][Range(1, 1000)] int Least = 1);

/// <summary>Fits the variance of every pixel; the mean is one that the store has. It refuses to train where no budget is large enough.</summary>
[Method("test-thrifty", "Thrifty")]
public sealed class ThriftyMethod(ThriftyOptions options) : IMethod<IDenoiser>
{
    public IDenoiser Train(TrainingContext context)
    {
        if (context.Budgets is [.., var most] && most < options.Least)
        {
            throw new ArgumentException($"test-thrifty needs {options.Least} evaluations, and the largest budget is {most}; give nfe a larger one.");
        }

        using var scope = torch.NewDisposeScope();
        var average = AverageImage.Of(context.Host.Store, context.Model);
        return Moments.Train(context, (_, variance) => GaussianDenoiser.From(average, variance, context.Model));
    }

    public IDenoiser Load(Checkpoint checkpoint, ModelContext context) =>
        GaussianDenoiser.From(checkpoint.Tensors["mean"], checkpoint.Tensors["variance"], context);
}
