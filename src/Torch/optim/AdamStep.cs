namespace Dfx.Torch.Modules;

/// <summary>What Adam and AdamW keep for a parameter.</summary>
internal interface IAdamState
{
    long Step { get; set; }

    Tensor First { get; }

    Tensor Second { get; }

    Tensor? Largest { get; }
}

/// <summary>One step of Adam or AdamW over all parameters: one native call.</summary>
internal static class AdamStep
{
    internal static void Run<TState>(List<Parameter> parameters, TensorBatch gradients, List<TState> states, AdamSettings settings)
        where TState : IAdamState
    {
        if (parameters.Count == 0)
        {
            return;
        }

        var largest = states[0].Largest is null ? [] : Handles.Of([.. states.Select(s => s.Largest!)]);
        NativeResults.Check(Native.dfx_adam_step(
            Handles.Of(parameters),
            gradients.Handles,
            Handles.Of([.. states.Select(s => s.First)]),
            Handles.Of([.. states.Select(s => s.Second)]),
            largest,
            largest.Length,
            [.. states.Select(s => s.Step + 1)],
            parameters.Count,
            settings));
        states.ForEach(s => s.Step++);
        GC.KeepAlive((parameters, states));
    }
}
