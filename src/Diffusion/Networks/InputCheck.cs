namespace Dfx.Diffusion;

/// <summary>Whether a network is told what it was made for.</summary>
internal static class InputCheck
{
    /// <exception cref="ArgumentException">Something is missing, too much or of another size; the message says what.</exception>
    internal static void Throw(NetworkSignature made, torch.Tensor? noiseLabels, NetworkInputs? inputs)
    {
        if (Problem(made, noiseLabels, inputs) is { } problem)
        {
            throw new ArgumentException($"The network was made {problem}", nameof(inputs));
        }
    }

    private static string? Problem(NetworkSignature made, torch.Tensor? noiseLabels, NetworkInputs? inputs)
    {
        var condition = inputs?.Channels?.shape[1] ?? 0;
        var augmentation = inputs?.Augmentation?.shape[1] ?? 0;
        return (made.Classes > 0, inputs?.Labels) switch
        {
            _ when noiseLabels is null && !made.NoiseBlind => "to see noise levels, but got none.",
            _ when condition != made.Condition => $"for a condition of {made.Condition} channels, but got {condition}.",
            (true, null) => $"for labels of {made.Classes} classes, but got none.",
            (false, not null) => "without class labels, but got some.",
            (true, { dtype: not torch.ScalarType.Int64 } labels) => $"for labels of int64, but got {labels.dtype}.",
            _ when augmentation != 0 && augmentation != made.Augmentation => $"for augmentation labels of {made.Augmentation} numbers, but got {augmentation}.",
            _ => null,
        };
    }
}
