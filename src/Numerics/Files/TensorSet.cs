namespace Dfx.Numerics.Files;

/// <summary>Reads several tensors, or none: when one fails, those before it are released.</summary>
internal static class TensorSet
{
    public static Dictionary<string, torch.Tensor> Read(IEnumerable<string> names, Func<string, torch.Tensor> read)
    {
        var tensors = new Dictionary<string, torch.Tensor>();
        try
        {
            foreach (var name in names)
            {
                tensors.Add(name, read(name));
            }
        }
        catch
        {
            foreach (var tensor in tensors.Values)
            {
                tensor.Dispose();
            }

            throw;
        }

        return tensors;
    }
}
