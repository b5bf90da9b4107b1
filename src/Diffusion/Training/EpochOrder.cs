namespace Dfx.Diffusion;

/// <summary>In which order a run draws its items: each epoch goes once through all of them, in an order of its own. Not safe for use from several threads.</summary>
/// <param name="noise">The random numbers of the orders.</param>
/// <param name="count">How many items there are, at least 1.</param>
public sealed class EpochOrder(StepNoise noise, int count)
{
    private (long Epoch, int[] Items) _order = (-1, []);

    /// <summary>The items that are drawn from a place on.</summary>
    /// <param name="first">How many were drawn before, at least 0.</param>
    /// <param name="number">How many are drawn.</param>
    public int[] Drawn(long first, int number)
    {
        var items = new int[number];
        for (var i = 0; i < number; i++)
        {
            var (epoch, place) = Math.DivRem(first + i, count);
            if (epoch != _order.Epoch)
            {
                _order = (epoch, noise.Permutation(epoch, count));
            }

            items[i] = _order.Items[place];
        }

        return items;
    }
}
