using Dfx.Sdk;

namespace Dfx.TestPlugins;

/// <summary>A training loop that does nothing, for methods that misbehave in it.</summary>
public abstract class TrivialMethod<TModel> : IMethod<TModel>
    where TModel : class, ITrainedModel
{
    public TModel Train(TrainingContext context)
    {
        for (var step = 0; step < context.Settings.Steps; step++)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            Step(context, step);
            context.Host.Report(step + 1, context.Settings.Steps);
        }

        var model = Model(context.Model);
        foreach (var fraction in context.Settings.Checkpoints)
        {
            context.Host.Keep(fraction, model.ToCheckpoint());
        }

        return model;
    }

    public TModel Load(Checkpoint checkpoint, ModelContext context) => Model(context);

    /// <summary>One step of training.</summary>
    protected virtual void Step(TrainingContext context, int step)
    {
    }

    /// <summary>What comes of it.</summary>
    protected virtual TModel Model(ModelContext context) => (TModel)(ITrainedModel)new TrivialDenoiser(context.Data.Shape);
}
