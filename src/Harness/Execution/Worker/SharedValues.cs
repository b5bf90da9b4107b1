namespace Dfx.Harness.Execution.Worker;

/// <summary>Values that are made once a job and freed after it.</summary>
internal sealed class SharedValues : IDisposable
{
    private readonly Dictionary<string, object> _values = new(StringComparer.Ordinal);

    internal T Once<T>(string key, Func<T> make)
        where T : class
    {
        if (!_values.TryGetValue(key, out var value))
        {
            value = Detached(make);
            _values.Add(key, value);
        }

        return (T)value;
    }

    public void Dispose()
    {
        foreach (var value in _values.Values)
        {
            (value as IDisposable)?.Dispose();
            foreach (var tensor in Tensors(value))
            {
                tensor.Dispose();
            }
        }
    }

    /// <summary>Values outlive the scope of who made them.</summary>
    private static T Detached<T>(Func<T> make)
        where T : class
    {
        var value = make();
        foreach (var tensor in Tensors(value))
        {
            tensor.DetachFromDisposeScope();
        }

        return value;
    }

    private static IEnumerable<torch.Tensor> Tensors(object value) => value switch
    {
        torch.Tensor tensor => [tensor],
        IReadOnlyDictionary<string, torch.Tensor> named => named.Values,
        _ => [],
    };
}
