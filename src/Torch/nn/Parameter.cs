namespace Dfx.Torch.Modules;

/// <summary>A tensor that a module trains.</summary>
public class Parameter : torch.Tensor
{
    /// <summary>Takes the tensor's native side over: <paramref name="data"/> is disposed afterwards.</summary>
    public Parameter(torch.Tensor data, bool requires_grad = true)
        : base(Taken(data)) => this.requires_grad = requires_grad;

    // The parameter is a leaf of its own; a tensor that is already one is not copied.
    private static nint Taken(torch.Tensor data)
    {
        ArgumentNullException.ThrowIfNull(data);
        using var leaf = data.detach();
        data.Dispose();
        return leaf.Surrender();
    }
}
