namespace Dfx.Data.Tasks;

/// <summary>Which pixels of one image are hidden.</summary>
internal sealed class HiddenPixels(int height, int width)
{
    private readonly bool[] _hidden = new bool[height * width];

    internal int Height => height;

    internal int Width => width;

    /// <summary>The share of pixels that are hidden, from 0 to 1.</summary>
    internal double Share => (double)_hidden.AsSpan().Count(true) / _hidden.Length;

    /// <summary>Hides the pixels whose centres lie in a shape.</summary>
    /// <param name="shape">The shape; what lies outside of the image is ignored.</param>
    /// <param name="found">Told of every pixel of the shape: its row and column.</param>
    internal void Hide(Shape shape, Action<int, int>? found = null)
    {
        var (left, right) = Range(shape.Left, shape.Right, width);
        var (top, bottom) = Range(shape.Top, shape.Bottom, height);
        for (var row = top; row < bottom; row++)
        {
            for (var column = left; column < right; column++)
            {
                if (shape.Contains(column + 0.5, row + 0.5))
                {
                    _hidden[(row * width) + column] = true;
                    found?.Invoke(row, column);
                }
            }
        }
    }

    /// <summary>Hides what is shown and shows what is hidden.</summary>
    internal void Invert()
    {
        foreach (ref var pixel in _hidden.AsSpan())
        {
            pixel = !pixel;
        }
    }

    /// <summary>Writes 1 for each pixel that is known and 0 for each that is hidden, row by row.</summary>
    internal void WriteKnown(Span<float> into)
    {
        for (var i = 0; i < _hidden.Length; i++)
        {
            into[i] = _hidden[i] ? 0 : 1;
        }
    }

    private static (int First, int End) Range(double low, double high, int side) =>
        ((int)Math.Clamp(Math.Floor(low), 0, side), (int)Math.Clamp(Math.Ceiling(high), 0, side));
}
