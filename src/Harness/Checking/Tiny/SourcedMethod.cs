using Dfx.Sdk;

namespace Dfx.Harness.Checking.Tiny;

/// <summary>A method that builds on a trained model, with one in every context that it is given.</summary>
internal sealed class SourcedMethod(IMethod<ITrainedModel> method) : IMethod<ITrainedModel>
{
    public ITrainedModel Train(TrainingContext context) => method.Train(context with { Model = WithSource(context.Model) });

    public ITrainedModel Load(Checkpoint checkpoint, ModelContext context) => method.Load(checkpoint, WithSource(context));

    // As hosts do it: numbers of its own, and a model that outlives the method's.
    private static ModelContext WithSource(ModelContext context) =>
        context with { Source = new TinyGaussian(context.Data.Shape) { Meter = context.Meter }, Scope = "fit/" };
}
