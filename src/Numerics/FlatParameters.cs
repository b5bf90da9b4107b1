namespace Dfx.Numerics;

/// <summary>
/// The parameters of a trainee in one tensor, and their gradients in another: each parameter becomes a view of its part. Norm, clipping, optimizer
/// and averages are then a few operations on everything, instead of a few for each parameter.
/// </summary>
/// <remarks>
/// The parameters are to stay where they are from now on: <c>.to(device)</c> would make new ones. Gradients are set to zero and never taken
/// away, so backward passes add to the flat tensor.
/// </remarks>
public sealed class FlatParameters : IDisposable
{
    private readonly (long Offset, long[] Shape)[] _places;

    /// <summary>Moves the parameters' values into one tensor.</summary>
    /// <param name="parameters">Parameters of one dtype on one device, each of them once.</param>
    /// <exception cref="ArgumentException">There are none, or they differ in dtype or device.</exception>
    public FlatParameters(IReadOnlyList<Parameter> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        if (parameters.Count == 0 || parameters.Any(p => p.dtype != parameters[0].dtype || p.device_type != parameters[0].device_type || p.device_index != parameters[0].device_index))
        {
            throw new ArgumentException("Parameters share one tensor if there are some, of one dtype and on one device.", nameof(parameters));
        }

        using var scope = torch.NewDisposeScope();
        using var outside = torch.no_grad();
        _places = new (long, long[])[parameters.Count];
        var offset = 0L;
        for (var i = 0; i < parameters.Count; offset += parameters[i].numel(), i++)
        {
            _places[i] = (offset, parameters[i].shape);
        }

        Values = new(torch.cat([.. parameters.Select(p => p.detach().reshape(-1))]));
        Values.DetachFromDisposeScope();
        Gradients = torch.zeros_like(Values).DetachFromDisposeScope();
        Values.grad = Gradients;
        var (values, gradients) = (Views(Values.detach()), Views(Gradients));
        for (var i = 0; i < parameters.Count; i++)
        {
            parameters[i].set_(values[i]);
            parameters[i].grad = gradients[i];
        }
    }

    /// <summary>All values, [n]; its gradient is <see cref="Gradients"/>.</summary>
    public Parameter Values { get; }

    /// <summary>All gradients, [n].</summary>
    public torch.Tensor Gradients { get; }

    /// <summary>Views of a flat tensor, such as an average of <see cref="Values"/>: one a parameter, of its shape.</summary>
    /// <param name="flat">[n], in the order of the parameters.</param>
    /// <returns>New handles on the same storage, in the caller's scope.</returns>
    public IReadOnlyList<torch.Tensor> Views(torch.Tensor flat)
    {
        ArgumentNullException.ThrowIfNull(flat);
        return [.. _places.Select(p => flat.narrow(0, p.Offset, p.Shape.Aggregate(1L, (a, b) => a * b)).view(p.Shape))];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Gradients.Dispose();
        Values.Dispose();
    }
}
