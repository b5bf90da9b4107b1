namespace Dfx.Diffusion;

/// <summary>The tensors of a step's whole batch, made when they are asked for and owned until the step ends, whatever scope they were asked for in.</summary>
/// <param name="clean">Makes the clean images, and says what was done to them.</param>
/// <param name="observe">Makes what the task observes of them.</param>
internal sealed class BatchTensors(Func<(torch.Tensor Images, torch.Tensor? Labels)> clean, Func<Condition?> observe) : IDisposable
{
    private readonly Dictionary<(string Name, int Part), torch.Tensor> _kept = [];
    private readonly List<torch.Tensor> _owned = [];
    private (torch.Tensor Images, torch.Tensor? Labels)? _clean;
    private Condition? _condition;
    private bool _observed;

    internal torch.Tensor Clean => Images.Images;

    internal Condition? Condition
    {
        get
        {
            if (!_observed)
            {
                using var scope = torch.NewDisposeScope();
                var (labels, seen) = (Images.Labels, observe());
                _condition = labels is null ? seen : (seen ?? new()) with { Augmentation = labels };
                Own(scope, _condition?.Channels, _condition?.Labels, _condition?.Known, _condition?.Mask);
                _observed = true;
            }

            return _condition;
        }
    }

    /// <summary>Whether images were augmented and nobody asked how.</summary>
    internal bool Untold => _clean?.Labels is not null && !_observed;

    private (torch.Tensor Images, torch.Tensor? Labels) Images
    {
        get
        {
            if (_clean is null)
            {
                using var scope = torch.NewDisposeScope();
                var made = clean();
                Own(scope, made.Images, made.Labels);
                _clean = made;
            }

            return _clean.Value;
        }
    }

    internal void Keep((string Name, int Part) place, torch.Tensor tensor)
    {
        if (_kept.Remove(place, out var former))
        {
            former.Dispose();
        }

        _kept[place] = tensor.detach().DetachFromDisposeScope();
    }

    internal torch.Tensor Kept((string Name, int Part) place) => _kept.TryGetValue(place, out var tensor)
        ? tensor
        : throw new KeyNotFoundException($"No loss of this step kept '{place.Name}': those before this one are asked to.");

    public void Dispose()
    {
        foreach (var tensor in _owned.Concat(_kept.Values))
        {
            tensor.Dispose();
        }
    }

    // Tensors that were made here; others, such as a task's constants, are somebody else's.
    private void Own(DisposeScope scope, params ReadOnlySpan<torch.Tensor?> tensors)
    {
        foreach (var tensor in tensors)
        {
            if (tensor is not null && scope.Contains(tensor))
            {
                _owned.Add(tensor.DetachFromDisposeScope());
            }
        }
    }
}
