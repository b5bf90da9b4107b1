namespace Dfx.Data.Images;

/// <summary>
/// Resizes by area: each pixel of the result is the mean of the source over the rectangle that it covers, pixels at its border counted by
/// the part that lies in it. In whole numbers, rounded half up once, so that every machine makes the same bytes; a whole factor gives plain
/// means of blocks. It also enlarges (each pixel then covers a part of one to four).
/// </summary>
/// <remarks>For one thread: the sums' memory is used again.</remarks>
internal sealed class AreaResize
{
    private uint[] _sums = [];

    /// <summary>Resizes a region.</summary>
    /// <param name="image">The source.</param>
    /// <param name="region">The part of it.</param>
    /// <param name="side">The result's side in pixels.</param>
    /// <param name="planes">The result: [3, side, side] in row-major order.</param>
    public void Resize(PixelBuffer image, Region region, int side, Span<byte> planes)
    {
        var stride = image.Width * PixelBuffer.Channels;
        var width = region.Width * PixelBuffer.Channels;
        _sums = _sums.Length < width ? new uint[width] : _sums;
        var sums = _sums.AsSpan(0, width);
        for (var y = 0; y < side; y++)
        {
            sums.Clear();
            foreach (var (row, weight) in new Cover(y, region.Height, side))
            {
                Add(image.Pixels.Slice(((region.Y + row) * stride) + (region.X * PixelBuffer.Channels), width), (uint)weight, sums);
            }

            Collect(sums, region, side, planes[(y * side)..]);
        }
    }

    // A column's sum is at most 255 times the region's height, which 32 bits hold.
    private static void Add(ReadOnlySpan<byte> row, uint weight, Span<uint> sums)
    {
        for (var i = 0; i < sums.Length; i++)
        {
            sums[i] += weight * row[i];
        }
    }

    private static void Collect(ReadOnlySpan<uint> sums, Region region, int side, Span<byte> planes)
    {
        var area = (ulong)region.Width * (ulong)region.Height;
        var plane = side * side;
        for (var x = 0; x < side; x++)
        {
            ulong red = 0, green = 0, blue = 0;
            foreach (var (column, weight) in new Cover(x, region.Width, side))
            {
                var (at, times) = (column * PixelBuffer.Channels, (ulong)weight);
                (red, green, blue) = (red + (times * sums[at]), green + (times * sums[at + 1]), blue + (times * sums[at + 2]));
            }

            planes[x] = Mean(red, area);
            planes[plane + x] = Mean(green, area);
            planes[(2 * plane) + x] = Mean(blue, area);
        }
    }

    private static byte Mean(ulong sum, ulong area) => (byte)(((2 * sum) + area) / (2 * area));

    /// <summary>
    /// Which source pixels the result's pixel covers along one axis. In units of 1/side of a source pixel, pixel <c>index</c> of the result
    /// goes from index * length to (index + 1) * length, and the weights add up to length.
    /// </summary>
    private ref struct Cover(int index, int length, int side)
    {
        private readonly int _end = (index + 1) * length;
        private int _at = index * length;
        private int _next = index * length;

        public readonly (int Pixel, int Weight) Current => (_at / side, _next - _at);

        public readonly Cover GetEnumerator() => this;

        public bool MoveNext()
        {
            _at = _next;
            _next = Math.Min(_end, ((_at / side) + 1) * side);
            return _at < _end;
        }
    }
}
