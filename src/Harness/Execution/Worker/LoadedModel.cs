using Dfx.Sdk;

namespace Dfx.Harness.Execution.Worker;

/// <summary>A trained model together with the one that it builds on, if any.</summary>
internal sealed record LoadedModel(ITrainedModel Model, LoadedModel? Source) : IDisposable
{
    public void Dispose()
    {
        Model.Dispose();
        Source?.Dispose();
    }
}
